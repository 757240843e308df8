// SPDX-License-Identifier: Apache-2.0
#include "condition/attributes.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::rbac::condition {
namespace {

constexpr std::array<std::string_view, 3> Roots{"subject.", "resource.", "context."};
constexpr std::size_t MostNames = 4;
constexpr std::size_t MostName = 64;

/// The root that the text begins with; Roots.size() for none.
std::size_t root_of(std::string_view text) noexcept {
  const auto begins = [text](std::string_view root) { return text.starts_with(root); };
  return static_cast<std::size_t>(std::find_if(Roots.begin(), Roots.end(), begins) - Roots.begin());
}

bool is_name(std::string_view name) noexcept {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !name.empty() && name.size() <= MostName && std::all_of(name.begin(), name.end(), fits);
}

bool is_path(std::string_view path) noexcept {
  for (std::size_t names = 1; names <= MostNames; ++names) {
    const std::size_t dot = path.find('.');
    if (!is_name(path.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    path.remove_prefix(dot + 1);
  }
  return false;
}

}  // namespace

bool begins_like_attribute(std::string_view text) noexcept { return root_of(text) < Roots.size(); }

std::optional<Attribute> parse_attribute(std::string_view text) {
  const std::size_t root = root_of(text);
  if (root == Roots.size()) return std::nullopt;
  const std::string_view path = text.substr(Roots[root].size());
  if (!is_path(path)) return std::nullopt;
  return Attribute{static_cast<Root>(root), std::string(path)};
}

std::string text_of(const Attribute& attribute) {
  return std::string(Roots[static_cast<std::size_t>(attribute.root)]) + attribute.path;
}

}  // namespace portico::rbac::condition
