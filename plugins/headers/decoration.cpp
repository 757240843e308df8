// SPDX-License-Identifier: Apache-2.0
#include "decoration.h"

namespace portico::headers {

Decoration::Decoration(const Config& config)
    : policy_(config.content_security_policy.directives,
              config.content_security_policy.use_defaults ? Defaults::Used : Defaults::Left),
      policy_name_(config.content_security_policy.report_only
                       ? "Content-Security-Policy-Report-Only"
                       : "Content-Security-Policy"),
      policy_policy_(config.content_security_policy.policy),
      nonce_header_(config.content_security_policy.nonce_header) {
  add_content_security(config.content_security_policy);
  add_choices(config);
  add_referrer(config.referrer_policy);
  add_transport_security(config.strict_transport_security);
  add("Origin-Agent-Cluster", "?1", config.origin_agent_cluster.policy);
  add("X-Content-Type-Options", "nosniff", config.content_type_options.policy);
  add("X-Download-Options", "noopen", config.download_options.policy);
  add("X-XSS-Protection", "0", config.xss_protection.policy);
  if (config.powered_by == Keeping::Remove) removed_.emplace_back("X-Powered-By");
  if (config.server == Keeping::Remove) removed_.emplace_back("Server");
  removed_.insert(removed_.end(), config.remove.begin(), config.remove.end());
  for (const auto& [name, extra] : config.set) add(name, extra.value, extra.policy);
}

void Decoration::add(std::string_view name, std::string_view value, Policy policy) {
  switch (policy) {
    case Policy::Override: always_.set(name, value); break;
    case Policy::IfMissing: if_missing_.push_back({std::string(name), std::string(value)}); break;
    case Policy::Remove: removed_.emplace_back(name); break;
    case Policy::Off: break;
  }
}

void Decoration::add_choices(const Config& config) {
  const auto add_choice = [this](std::string_view name, const auto& choice) {
    add(name, text_of(choice.value), choice.policy);
  };
  if (config.cross_origin_embedder_policy) {
    add_choice("Cross-Origin-Embedder-Policy", *config.cross_origin_embedder_policy);
  }
  add_choice("Cross-Origin-Opener-Policy", config.cross_origin_opener_policy);
  add_choice("Cross-Origin-Resource-Policy", config.cross_origin_resource_policy);
  add_choice("X-DNS-Prefetch-Control", config.dns_prefetch_control);
  add_choice("X-Frame-Options", config.frame_options);
  add_choice("X-Permitted-Cross-Domain-Policies", config.permitted_cross_domain_policies);
}

void Decoration::add_referrer(const Referrer& settings) {
  std::string value;
  for (const ReferrerPolicy word : settings.value) {
    if (!value.empty()) value += ',';
    value += text_of(word);
  }
  add("Referrer-Policy", value, settings.policy);
}

void Decoration::add_transport_security(const TransportSecurity& settings) {
  std::string value = "max-age=" + std::to_string(settings.max_age.count());
  if (settings.include_subdomains) value += "; includeSubDomains";
  if (settings.preload) value += "; preload";
  add("Strict-Transport-Security", value, settings.policy);
}

void Decoration::add_content_security(const ContentSecurity& settings) {
  const bool set = settings.policy == Policy::Override || settings.policy == Policy::IfMissing;
  wants_nonce_ = set && policy_.wants_nonce();
  if (wants_nonce_ || (set && policy_.empty())) return;
  add(policy_name_, policy_.write({}), settings.policy);
}

void Decoration::apply(Response& response, std::string_view nonce) const {
  Headers& headers = response.headers();
  for (const std::string& name : removed_) headers.remove(name);
  for (const Filling& one : if_missing_) {
    if (!headers.has(one.name)) headers.set(one.name, one.value);
  }
  headers.set(always_);
  if (!wants_nonce_) return;
  if (policy_policy_ == Policy::IfMissing && headers.has(policy_name_)) return;
  headers.set(policy_name_, policy_.write(nonce));
}

}  // namespace portico::headers
