// SPDX-License-Identifier: Apache-2.0
#include "tls/server_names.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace portico::tls {

namespace {

constexpr auto NameOf = [](const auto& entry) { return std::string_view(entry.first); };

/// Of the longest name that DNS has.
constexpr std::size_t LongestName = 253;

}  // namespace

void ServerNames::add(std::span<const std::string> names, std::size_t certificate) {
  for (std::string_view name : names) {
    const bool wildcard = name.starts_with("*.");
    if (wildcard) name.remove_prefix(1);
    Entries& entries = wildcard ? wildcards_ : exact_;
    const auto place = std::ranges::lower_bound(entries, name, {}, NameOf);
    if (place != entries.end() && place->first == name) continue;
    entries.emplace(place, name, certificate);
  }
}

std::optional<std::size_t> ServerNames::find(std::string_view name) const noexcept {
  std::array<char, LongestName> lower;
  if (name.empty() || name.size() > lower.size()) return std::nullopt;
  std::ranges::transform(name, lower.begin(), base::ascii_lower);
  name = {lower.data(), name.size()};
  if (const auto found = look_up(exact_, name)) return found;
  const std::size_t dot = name.find('.');
  if (dot == 0 || dot == name.npos) return std::nullopt;
  return look_up(wildcards_, name.substr(dot));
}

std::optional<std::size_t> ServerNames::look_up(const Entries& entries,
                                                std::string_view name) noexcept {
  const auto place = std::ranges::lower_bound(entries, name, {}, NameOf);
  if (place == entries.end() || place->first != name) return std::nullopt;
  return place->second;
}

}  // namespace portico::tls
