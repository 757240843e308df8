// SPDX-License-Identifier: Apache-2.0
// Route tables of a few words, and decisions as text.
#pragma once

#include "routing/route_table.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::routing {

inline Matcher matcher(std::string_view path, std::vector<std::string> methods = {},
                       std::string_view host = {}) {
  Matcher made;
  made.path = *PathPattern::parse(path);
  if (!host.empty()) made.host = *HostPattern::parse(host);
  made.methods = std::move(methods);
  return made;
}

/// The route's id is the place in the list.
inline RouteTable table(std::vector<Matcher> matchers) {
  RouteTable made;
  std::uint32_t id = 0;
  for (Matcher& one : matchers) made.add(std::move(one), id++);
  made.seal();
  return made;
}

/// "3 id=7", "404", "405 GET, HEAD".
inline std::string text_of(const Decision& decision) {
  switch (decision.kind) {
    case Decision::Kind::Found: break;
    case Decision::Kind::NotFound: return "404";
    case Decision::Kind::MethodNotAllowed: return "405 " + std::string(decision.allow);
  }
  std::string text = std::to_string(decision.route);
  for (const http::Param& param : decision.params) {
    text.append(" ").append(param.name).append("=").append(param.value);
  }
  return text;
}

}  // namespace portico::routing
