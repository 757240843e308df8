// SPDX-License-Identifier: Apache-2.0
#include "upstream/upstream_settings.h"

#include "upstream/target_url.h"

#include <algorithm>

namespace portico::proxy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

/// Every connection of an upstream is made the same way.
bool share_a_scheme(const UpstreamSettings& upstream) {
  if (upstream.targets.empty()) return true;
  return std::ranges::all_of(upstream.targets, [&](const TargetSettings& target) {
    return TargetUrl(target.url).scheme() == TargetUrl(upstream.targets.front().url).scheme();
  });
}

/// A file that would not be used was meant for something.
bool use_tls(const UpstreamSettings& upstream) {
  const TlsSettings& tls = upstream.tls;
  const bool said =
      !tls.ca.empty() || !tls.certificate.empty() || !tls.key.empty() || !tls.server_name.empty();
  return !said || scheme_of(upstream) == Scheme::Https;
}

std::string fault_of_server_name(std::string_view text) {
  const std::string url = "https://" + std::string(text);
  if (fault_of_target(url).empty()) {
    const TargetUrl named(url);
    if (named.is_name() && named.host() == text) return {};
  }
  return "is no name of a host; write one such as app.internal, in lower case and without a port";
}

bool have_weight(const UpstreamSettings& upstream) {
  return upstream.targets.empty() ||
         std::ranges::any_of(upstream.targets,
                             [](const TargetSettings& target) { return target.weight != 0; });
}

bool differ_in_name(const UpstreamSettings& upstream) {
  const auto& targets = upstream.targets;
  for (auto one = targets.begin(); one != targets.end(); ++one) {
    const auto same_name = [one](const TargetSettings& other) { return other.name == one->name; };
    if (!one->name.empty() && std::any_of(one + 1, targets.end(), same_name)) return false;
  }
  return true;
}

}  // namespace

Scheme scheme_of(const UpstreamSettings& upstream) {
  if (!upstream.targets.empty()) return TargetUrl(upstream.targets.front().url).scheme();
  const bool https = upstream.discover && upstream.discover->scheme == "https";
  return https ? Scheme::Https : Scheme::Http;
}

void TargetSettings::describe(Schema<TargetSettings>& s) {
  s.summary("One server.");
  s.field(
       "url", &TargetSettings::url,
       "Where it is: http://HOST:PORT, https://HOST:PORT, or unix:/PATH for a socket in the file "
       "system. A name is looked up at start, and all of its addresses are used.")
      .required()
      .check(fault_of_target)
      .example("http://127.0.0.1:4000");
  s.field("weight", &TargetSettings::weight,
          "Its part, beside those of the others. 0: none but those who stick to it.")
      .max(1000);
  s.field("priority", &TargetSettings::priority,
          "Lower is asked first; a higher one serves while of those before it too many are out.")
      .max(100);
  s.field("name", &TargetSettings::name,
          "What it is called in the log, and by what `sticky` and `hash` know it when its address "
          "changes. Its address where it is empty.")
      .max(200)
      .example("blue");
  s.shorthand("url");
}

void TimeoutSettings::describe(Schema<TimeoutSettings>& s) {
  using Self = TimeoutSettings;
  s.summary("How long an upstream may take; 0s is for ever.");
  s.field("connect", &Self::connect, "Until a connection is there.").max(hours(1));
  s.field("first_byte", &Self::first_byte, "From the request's end to the answer's first byte.")
      .max(hours(24));
  s.field("between_bytes", &Self::between_bytes, "Without a byte taken or sent.").max(hours(24));
  s.field("try", &Self::each_try, "For each try, from its beginning to its answer's head.")
      .max(hours(24));
  s.field("total", &Self::total, "For all tries together, to the answer's head.").max(hours(24));
  s.field("tunnel", &Self::tunnel, "For an upgraded connection on which nothing moves.")
      .max(hours(24 * 365));
}

void TlsSettings::describe(Schema<TlsSettings>& s) {
  using Self = TlsSettings;
  s.summary("How https targets are known, and what they are shown.");
  s.field("ca", &Self::ca, "File of the authorities to trust; the system's where it is empty.")
      .example("/etc/portico/tls/internal-ca.pem");
  s.field("certificate", &Self::certificate, "File of our certificate, for targets that ask.");
  s.field("key", &Self::key, "File of its key.");
  s.field("server_name", &Self::server_name,
          "The name that certificates must bear; the target's own where it is empty.")
      .check(fault_of_server_name)
      .example("app.internal");
  s.rule("`certificate` and `key` go together; write both, or neither",
         [](const Self& tls) { return tls.certificate.empty() == tls.key.empty(); });
}

void UpstreamSettings::describe(Schema<UpstreamSettings>& s) {
  using Self = UpstreamSettings;
  s.summary("Servers that serve the same.");
  s.field("targets", &Self::targets, "The servers.").max(64);
  s.field("discover", &Self::discover, "Where they are found, in the place of `targets`.");
  s.field("health", &Self::health, "Asks each of them how it is.");
  s.field("tls", &Self::tls, "How https targets are known.");
  s.field("balance", &Self::balance, "Which of them gets a request.");
  s.field("sticky", &Self::sticky, "Clients stay with the target that they had.");
  s.field("timeouts", &Self::timeouts, "How long they may take.");
  s.field("retries", &Self::retries, "When a request is sent again.");
  s.field("ejection", &Self::ejection, "When a target gets no requests for a while.");
  s.field("breaker", &Self::breaker, "When none of them is asked for a while.");
  s.field("slow_start", &Self::slow_start,
          "For so long a target that has come back gets less than its part, and ever more.")
      .max(hours(1));
  s.field("fallback", &Self::fallback, "The answer when none of them has given one.");
  s.field("connections", &Self::connections,
          "Requests that each server has at most under way; 0: as many as come.")
      .max(1'000'000);
  s.field("queue", &Self::queue,
          "So many more wait for a place; beyond them requests are answered 503.")
      .max(1'000'000);
  s.field("queue_timeout", &Self::queue_timeout, "How long they wait.").max(hours(1));
  s.field("idle_connections", &Self::idle_connections,
          "Connections that are kept for the next request, for each server and each of `workers`.")
      .max(10'000);
  s.field("idle_timeout", &Self::idle_timeout, "For how long they are kept.")
      .min(milliseconds(1))
      .max(hours(24));
  s.rule("say where its servers are: by `targets`, or by `discover`", [](const Self& upstream) {
    return upstream.targets.empty() == upstream.discover.has_value();
  });
  s.rule("targets of one upstream are all http or all https; make two upstreams of them",
         share_a_scheme);
  s.rule("nobody waits in a `queue` where `connections` has no bound; write one",
         [](const Self& upstream) { return upstream.queue == 0 || upstream.connections != 0; });
  s.rule("`tls` is for https targets; write https://, or leave it out", use_tls);
  s.rule("every target has the weight 0; give one of them some", have_weight);
  s.rule("two targets have the same name; a name means one of them", differ_in_name);
}

}  // namespace portico::proxy
