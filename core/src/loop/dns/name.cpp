// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/name.h"

#include "base/text.h"

#include <algorithm>

namespace portico::loop::dns {
namespace {

constexpr std::size_t LongestName = 253;
constexpr std::size_t LongestLabel = 63;

[[nodiscard]] bool is_label(std::string_view label) noexcept {
  return !label.empty() && label.size() <= LongestLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, [](char c) {
           return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '_';
         });
}

}  // namespace

bool is_name(std::string_view name) noexcept {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.size() > LongestName) return false;
  while (true) {
    const std::size_t dot = name.find('.');
    const std::string_view label = name.substr(0, dot);
    if (!is_label(label)) return false;
    if (dot == std::string_view::npos) return !std::ranges::all_of(label, base::is_digit);
    name.remove_prefix(dot + 1);
  }
}

bool is_own_name(std::string_view name) noexcept {
  constexpr std::string_view Own = "localhost";
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.size() < Own.size() || !base::iequals(name.substr(name.size() - Own.size()), Own)) {
    return false;
  }
  return name.size() == Own.size() || name[name.size() - Own.size() - 1] == '.';
}

std::vector<std::string> names_to_try(std::string_view name, const Search& search) {
  if (name.ends_with('.')) return {std::string(name)};
  std::vector<std::string> names;
  for (const std::string& domain : search.domains) {
    std::string whole = std::string(name) + "." + domain;
    if (is_name(whole)) names.push_back(std::move(whole));
  }
  const auto dots = static_cast<std::size_t>(std::ranges::count(name, '.'));
  names.emplace(dots >= search.dots ? names.begin() : names.end(), name);
  return names;
}

}  // namespace portico::loop::dns
