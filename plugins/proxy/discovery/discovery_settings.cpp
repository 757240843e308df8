// SPDX-License-Identifier: Apache-2.0
#include "discovery/discovery_settings.h"

#include <chrono>

namespace portico::proxy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

}  // namespace

void DiscoverySettings::describe(Schema<DiscoverySettings>& s) {
  using Self = DiscoverySettings;
  s.summary("Finds the targets while Portico runs: by DNS, or in a file.");
  s.field("dns", &Self::dns, "The name that is asked for.").example("flights.internal");
  s.field("record", &Self::record,
          "`address`: A and AAAA, with `port`. `service`: SRV, which has ports, weights and "
          "priorities of its own.")
      .names({{"address", Kind::Address}, {"service", Kind::Service}});
  s.field("port", &Self::port, "The port of every address.").example("3000");
  s.field("file", &Self::file,
          "A file with a target on each line, `http://10.0.0.1:4000 weight=2 priority=1`. It is "
          "read again when it changes.")
      .example("/etc/portico/flights.targets");
  s.field("scheme", &Self::scheme, "How what DNS finds is spoken to.").one_of({"http", "https"});
  s.field("least", &Self::least, "DNS is not asked more often, however short an answer's life is.")
      .min(milliseconds(100))
      .max(hours(24));
  s.field("longest", &Self::longest, "Nor more seldom.").min(milliseconds(100)).max(hours(24));
  s.rule("say either `dns` or `file`",
         [](const Self& found) { return found.dns.empty() != found.file.empty(); });
  s.rule("addresses have no port of their own; write `port`", [](const Self& found) {
    return found.dns.empty() || found.record == Kind::Service || found.port != 0;
  });
  s.rule("`least` is above `longest`",
         [](const Self& found) { return found.least <= found.longest; });
}

}  // namespace portico::proxy
