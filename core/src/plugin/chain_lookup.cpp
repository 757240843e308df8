// SPDX-License-Identifier: Apache-2.0
#include "plugin/chain_lookup.h"

#include "plugin/matching.h"

#include <algorithm>

namespace portico::plugin {

const pipeline::Chain& find_chain(const Site& site, http::RequestState& request) {
  const routing::Decision decision = site.find(RoutedRequest(request));
  if (decision.kind == routing::Decision::Kind::NotFound) return site.not_found();
  if (decision.kind == routing::Decision::Kind::MethodNotAllowed) {
    request.set(Allow, request.arena.copy(decision.allow));
    return site.method_not_allowed();
  }
  auto* const params = request.arena.array<http::Param>(decision.params.size());
  std::ranges::uninitialized_copy(decision.params, std::span(params, decision.params.size()));
  request.head.params = {params, decision.params.size()};
  return site.route(decision.route).chain;
}

}  // namespace portico::plugin
