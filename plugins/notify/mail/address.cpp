// SPDX-License-Identifier: Apache-2.0
#include "mail/address.h"

#include "mail/characters.h"

#include <algorithm>

namespace portico::notify {
namespace {

using mail::is_atom;

constexpr std::size_t LeastSize = 3;
constexpr std::size_t MostSize = 254;
constexpr std::size_t MostLocal = 64;
constexpr std::size_t MostLabel = 63;

/// Atoms with a dot between each two.
bool is_local(std::string_view text) noexcept {
  if (text.empty() || text.size() > MostLocal || text.front() == '.' || text.back() == '.' ||
      text.find("..") != std::string_view::npos) {
    return false;
  }
  return std::ranges::all_of(text, [](char c) { return c == '.' || is_atom(c); });
}

bool is_label(std::string_view text) noexcept {
  if (text.empty() || text.size() > MostLabel || text.front() == '-' || text.back() == '-') {
    return false;
  }
  return std::ranges::all_of(text, [](char c) { return c == '-' || is_letter(c) || is_digit(c); });
}

/// Two labels at least. A last one of digits alone would make it an address of the network.
bool is_domain(std::string_view text) noexcept {
  const std::size_t last_dot = text.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  if (std::ranges::all_of(text.substr(last_dot + 1), is_digit)) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  text = without_outer_spaces(text);
  if (text.size() < LeastSize || text.size() > MostSize) return std::nullopt;
  // Of two @ the second is in the domain, where none may be.
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  if (!is_local(text.substr(0, at)) || !is_domain(text.substr(at + 1))) return std::nullopt;
  std::string kept(text);
  std::transform(kept.begin() + static_cast<std::ptrdiff_t>(at), kept.end(),
                 kept.begin() + static_cast<std::ptrdiff_t>(at), lower);
  return Address(std::move(kept), at);
}

}  // namespace portico::notify
