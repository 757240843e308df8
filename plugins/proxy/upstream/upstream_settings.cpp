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
  return std::ranges::all_of(upstream.targets, [&](const TargetSettings& target) {
    return TargetUrl(target.url).scheme() == TargetUrl(upstream.targets.front().url).scheme();
  });
}

}  // namespace

void TargetSettings::describe(Schema<TargetSettings>& s) {
  s.summary("One server.");
  s.field("url", &TargetSettings::url,
          "Where it is: http://HOST:PORT, or unix:/PATH for a socket in the file system. A name is "
          "looked up at start, and all of its addresses are used.")
      .required()
      .check(fault_of_target)
      .example("http://127.0.0.1:4000");
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

void UpstreamSettings::describe(Schema<UpstreamSettings>& s) {
  using Self = UpstreamSettings;
  s.summary("Servers that serve the same.");
  s.field("targets", &Self::targets, "The servers.").required().min(1).max(64);
  s.field("timeouts", &Self::timeouts, "How long they may take.");
  s.field("idle_connections", &Self::idle_connections,
          "Connections that are kept for the next request, for each server and each of `workers`.")
      .max(10'000);
  s.field("idle_timeout", &Self::idle_timeout, "For how long they are kept.")
      .min(milliseconds(1))
      .max(hours(24));
  s.rule("targets of one upstream are all http or all https; make two upstreams of them",
         share_a_scheme);
}

}  // namespace portico::proxy
