// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include "csp.h"
#include "field_rules.h"

namespace portico::headers {
namespace {

constexpr std::chrono::seconds Year{31'536'000};

Field add_policy(Field field) { return name_words<Policy>(field); }

/// Every field of the plugin and of a place of use; `more` says what sets the two apart.
template <class T, class More>
void describe_fields(Schema<T>& s, More more) {
  more(s.field("content_security_policy", &T::content_security_policy, "Content-Security-Policy."));
  more(s.field("cross_origin_embedder_policy", &T::cross_origin_embedder_policy,
               "Cross-Origin-Embedder-Policy; not set unless it is written."));
  more(s.field("cross_origin_opener_policy", &T::cross_origin_opener_policy,
               "Cross-Origin-Opener-Policy."));
  more(s.field("cross_origin_resource_policy", &T::cross_origin_resource_policy,
               "Cross-Origin-Resource-Policy."));
  more(s.field("origin_agent_cluster", &T::origin_agent_cluster, "Origin-Agent-Cluster: `?1`."));
  more(s.field("referrer_policy", &T::referrer_policy, "Referrer-Policy."));
  more(s.field("strict_transport_security", &T::strict_transport_security,
               "Strict-Transport-Security."));
  more(s.field("content_type_options", &T::content_type_options,
               "X-Content-Type-Options: `nosniff`."));
  more(s.field("dns_prefetch_control", &T::dns_prefetch_control, "X-DNS-Prefetch-Control."));
  more(s.field("download_options", &T::download_options, "X-Download-Options: `noopen`."));
  more(s.field("frame_options", &T::frame_options, "X-Frame-Options."));
  more(s.field("permitted_cross_domain_policies", &T::permitted_cross_domain_policies,
               "X-Permitted-Cross-Domain-Policies."));
  more(s.field("xss_protection", &T::xss_protection,
               "X-XSS-Protection: `0`, for the filter itself was a hole."));
  more(
      name_words<Keeping>(s.field("powered_by", &T::powered_by, "The X-Powered-By of upstreams.")));
  more(name_words<Keeping>(s.field("server", &T::server, "The Server of upstreams.")));
  more(s.field("remove", &T::remove, "More headers that are taken from every answer.")
           .max(100)
           .check(fault_of_removed)
           .example("[X-AspNet-Version, Via]"));
  more(s.field("set", &T::set, "More headers that every answer gets.")
           .max(100)
           .check_keys(fault_of_extra)
           .example("{Permissions-Policy: \"geolocation=()\"}"));
}

}  // namespace

void Fixed::describe(Schema<Fixed>& s) {
  s.summary("A header with one sensible value.");
  add_policy(s.field("policy", &Fixed::policy, PolicyDoc));
  s.shorthand("policy");
}

void Referrer::describe(Schema<Referrer>& s) {
  s.summary("How much of its address a page tells to where it links.");
  name_words<ReferrerPolicy>(
      s.field("value", &Referrer::value, "One word, or several: browsers take the last they know.")
          .min(1)
          .max(8));
  add_policy(s.field("policy", &Referrer::policy, PolicyDoc));
  s.shorthand("value");
}

void TransportSecurity::describe(Schema<TransportSecurity>& s) {
  s.summary("Browsers come back by https alone.");
  s.field("max_age", &TransportSecurity::max_age, "How long they remember; 0s makes them forget.");
  s.field("include_subdomains", &TransportSecurity::include_subdomains,
          "Of every name below this one too.");
  s.field("preload", &TransportSecurity::preload,
          "Asks for a place in the list that browsers ship.");
  add_policy(s.field("policy", &TransportSecurity::policy, PolicyDoc));
  s.rule(
      "`preload` needs `max_age` of a year and `include_subdomains`; write max_age: 365d and "
      "include_subdomains: true",
      [](const TransportSecurity& hsts) {
        return !hsts.preload || (hsts.max_age >= Year && hsts.include_subdomains);
      });
}

void ContentSecurity::describe(Schema<ContentSecurity>& s) {
  s.summary("What a page may load, run and be framed by.");
  s.field("directives", &ContentSecurity::directives,
          "Each directive with its sources, in place of the default's of that name; `off` leaves a "
          "default out, `{csp.nonce}` is a fresh nonce for each request.")
      .max(64)
      .check_keys(fault_of_directive)
      .check(fault_of_source)
      .example(R"({script-src: ["'self'", "{csp.nonce}"], upgrade-insecure-requests: off})");
  s.field("use_defaults", &ContentSecurity::use_defaults,
          "Directives that are not written are the defaults.");
  s.field("report_only", &ContentSecurity::report_only,
          "Browsers report, and block nothing: Content-Security-Policy-Report-Only.");
  s.field("nonce_header", &ContentSecurity::nonce_header,
          "The request header in which the upstream finds the nonce.")
      .min(1)
      .check(fault_of_request_header);
  add_policy(s.field("policy", &ContentSecurity::policy, PolicyDoc));
  s.rule("`'none'` and `off` stand alone in a directive; remove the other sources, or the word",
         [](const ContentSecurity& csp) { return stand_alone(csp.directives); });
  s.rule(
      "a policy without default-src allows whatever it does not name; add default-src, or say "
      "so by `default-src: off`",
      [](const ContentSecurity& csp) {
        return csp.use_defaults || csp.directives.contains("default-src");
      });
}

void Extra::describe(Schema<Extra>& s) {
  s.summary("A header of your own.");
  s.field("value", &Extra::value, "Its value.").required().max(8000).check(fault_of_value);
  s.field("policy", &Extra::policy, PolicyDoc)
      .names({{"override", Policy::Override}, {"if-missing", Policy::IfMissing}});
  s.shorthand("value");
}

void Config::describe(Schema<Config>& s) {
  s.summary("Security headers on every answer; the defaults are those of helmet 8.");
  describe_fields(s, [](Field) {});
}

void Use::describe(Schema<Use>& s) {
  s.summary("The same for the requests that pass here.");
  describe_fields(s, [](Field field) { field.inherit(); });
}

}  // namespace portico::headers
