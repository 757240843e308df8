// SPDX-License-Identifier: Apache-2.0
#include "routing/host_index.h"

namespace portico::routing {

std::uint32_t HostIndex::find(const HostPattern& host) const noexcept {
  switch (host.kind()) {
    case HostPattern::Kind::Exact: return names_.find(Exact, host.text());
    case HostPattern::Kind::Wildcard: return wildcards_.find(Wildcard, host.text().substr(1));
    case HostPattern::Kind::Any: break;
  }
  return any_;
}

void HostIndex::add(const HostPattern& host, std::uint32_t tree) {
  switch (host.kind()) {
    case HostPattern::Kind::Exact: return names_.add(Exact, host.text(), tree);
    case HostPattern::Kind::Wildcard: return wildcards_.add(Wildcard, host.text().substr(1), tree);
    case HostPattern::Kind::Any: any_ = tree;
  }
}

}  // namespace portico::routing
