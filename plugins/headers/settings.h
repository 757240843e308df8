// SPDX-License-Identifier: Apache-2.0
// `plugins.headers`, and the same keys at a place of use, where what is absent is the plugin's.
#pragma once

#include "words.h"
#include <portico/schema.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::headers {

inline constexpr std::string_view PolicyDoc = "What happens where an answer has it already.";

/// A header with one sensible value.
struct Fixed {
  Policy policy = Policy::Override;

  static void describe(Schema<Fixed>& s);
};

/// A header whose value is one word of a few.
template <class Value>
struct Choice {
  Value value{};
  Policy policy = Policy::Override;

  static void describe(Schema<Choice>& s) {
    s.summary("A header with one of a few values.");
    name_words<Value>(s.field("value", &Choice::value, "Its value."));
    name_words<Policy>(s.field("policy", &Choice::policy, PolicyDoc));
    s.shorthand("value");
  }
};

struct Referrer {
  std::vector<ReferrerPolicy> value{ReferrerPolicy::NoReferrer};
  Policy policy = Policy::Override;

  static void describe(Schema<Referrer>& s);
};

struct TransportSecurity {
  std::chrono::seconds max_age{31'536'000};
  bool include_subdomains = true;
  bool preload = false;
  Policy policy = Policy::Override;

  static void describe(Schema<TransportSecurity>& s);
};

struct ContentSecurity {
  std::map<std::string, std::vector<std::string>> directives;
  bool use_defaults = true;
  bool report_only = false;
  std::string nonce_header = "X-CSP-Nonce";
  Policy policy = Policy::Override;

  static void describe(Schema<ContentSecurity>& s);
};

/// A header of the operator's own.
struct Extra {
  std::string value;
  Policy policy = Policy::Override;

  static void describe(Schema<Extra>& s);
};

struct Config {
  ContentSecurity content_security_policy;
  std::optional<Choice<EmbedderPolicy>> cross_origin_embedder_policy;
  Choice<OpenerPolicy> cross_origin_opener_policy;
  Choice<ResourcePolicy> cross_origin_resource_policy;
  Fixed origin_agent_cluster;
  Referrer referrer_policy;
  TransportSecurity strict_transport_security;
  Fixed content_type_options;
  Choice<DnsPrefetch> dns_prefetch_control;
  Fixed download_options;
  Choice<FrameOptions> frame_options;
  Choice<CrossDomainPolicies> permitted_cross_domain_policies;
  Fixed xss_protection;
  Keeping powered_by = Keeping::Remove;
  Keeping server = Keeping::Keep;
  std::vector<std::string> remove;
  std::map<std::string, Extra> set;

  static void describe(Schema<Config>& s);
};

struct Use : Config {
  static void describe(Schema<Use>& s);
};

}  // namespace portico::headers
