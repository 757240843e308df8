// SPDX-License-Identifier: Apache-2.0
// What the settings do to the head of an answer, prepared when they are loaded: for an answer
// nothing is put together but a policy that bears a nonce.
#pragma once

#include "csp.h"
#include "settings.h"
#include <portico/http.h>

#include <string>
#include <string_view>
#include <vector>

namespace portico::headers {

/// Immutable; must outlive the answers that it was applied to.
class Decoration {
 public:
  explicit Decoration(const Config& config);

  /// Whether the policy differs from answer to answer.
  [[nodiscard]] bool wants_nonce() const noexcept { return wants_nonce_; }
  /// The request header in which the upstream finds the nonce.
  [[nodiscard]] const std::string& nonce_header() const noexcept { return nonce_header_; }
  /// `nonce` is looked at when one is wanted.
  void apply(Response& response, std::string_view nonce) const;

 private:
  struct Filling {
    std::string name;
    std::string value;
  };

  void add(std::string_view name, std::string_view value, Policy policy);
  void add_content_security(const ContentSecurity& settings);
  void add_referrer(const Referrer& settings);
  void add_transport_security(const TransportSecurity& settings);
  void add_choices(const Config& config);

  FixedHeaders always_;
  std::vector<Filling> if_missing_;
  std::vector<std::string> removed_;
  PolicyText policy_;
  std::string_view policy_name_;
  Policy policy_policy_;
  bool wants_nonce_ = false;
  std::string nonce_header_;
};

}  // namespace portico::headers
