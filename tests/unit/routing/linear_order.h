// SPDX-License-Identifier: Apache-2.0
// The rule of precedence at its plainest, to hold the tree to: the entries in their order, one
// after another, with strings and sets.
#pragma once

#include "routing/route_table.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::routing {

/// "a=1 b=2" of a path that the pattern matches.
inline std::string bound_by_hand(const PathPattern& pattern, std::string_view path) {
  std::string text;
  for (const PathPattern::Segment& segment : pattern.segments()) {
    if (segment.kind == PathPattern::Kind::End) break;
    std::string_view value = path.substr(path.empty() ? 0 : 1);
    if (segment.kind != PathPattern::Kind::Rest) value = value.substr(0, value.find('/'));
    if (segment.kind != PathPattern::Kind::Literal && !segment.text.empty()) {
      text.append(" ").append(segment.text).append("=").append(value);
    }
    path.remove_prefix(path.empty() ? 0 : 1 + value.size());
  }
  return text;
}

/// What the first entry that matches decides, as `text_of` writes it.
inline std::string decide_linearly(const RouteTable& table, const RequestView& request) {
  const Matcher* refused = nullptr;
  std::set<std::string_view> allowed;
  for (const RouteTable::Entry& entry : table.entries()) {
    const Matcher& matcher = entry.matcher;
    if (refused != nullptr && refused->order(matcher) != 0) break;
    const Miss miss = matcher.miss(request);
    if (miss == Miss::None) {
      return std::to_string(entry.route) + bound_by_hand(matcher.path, request.path);
    }
    if (miss != Miss::Method) continue;
    refused = &matcher;
    allowed.insert(matcher.methods.begin(), matcher.methods.end());
    if (allowed.contains("GET")) allowed.insert("HEAD");
  }
  if (refused == nullptr) return "404";
  std::string text;
  for (const std::string_view method : allowed)
    text.append(text.empty() ? "405 " : ", ").append(method);
  return text;
}

}  // namespace portico::routing
