// SPDX-License-Identifier: Apache-2.0
#include "casbin/definition.h"

#include <algorithm>

namespace portico::rbac::casbin {
namespace {

std::vector<std::string_view> names_in(std::string_view list) {
  std::vector<std::string_view> names;
  while (true) {
    const std::size_t comma = list.find(',');
    names.push_back(trimmed(list.substr(0, comma)));
    if (comma == std::string_view::npos) return names;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::optional<Parts> parse_parts(std::string_view list) {
  const std::vector<std::string_view> names = names_in(list);
  const auto place_of = [&names](std::string_view name) -> std::optional<std::size_t> {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  };
  const auto subject = place_of("sub");
  const auto object = place_of("obj");
  const auto action = place_of("act");
  if (!subject || !object || !action) return std::nullopt;
  Parts parts{names.size(), *subject, *object, *action, std::nullopt, place_of("eft"), {}};
  const std::size_t known = parts.effect ? 4 : 3;
  if (names.size() == known) return parts;
  if (names.size() != known + 1) return std::nullopt;
  // The one name that is left over is the domain's, whatever it is; a priority is no domain.
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i == *subject || i == *object || i == *action || i == parts.effect) continue;
    if (names[i].empty() || names[i] == "priority") return std::nullopt;
    parts.domain = i;
    parts.domain_name = names[i];
  }
  return parts.domain ? std::optional(parts) : std::nullopt;
}

}  // namespace portico::rbac::casbin
