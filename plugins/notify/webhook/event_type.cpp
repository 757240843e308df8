// SPDX-License-Identifier: Apache-2.0
#include "webhook/event_type.h"

#include "shared/ascii.h"

#include <cstddef>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t MostSize = 128;

bool is_part_character(char c) noexcept { return is_small_letter(c) || is_digit(c) || c == '_'; }

}  // namespace

bool is_event_type(std::string_view text) noexcept {
  if (text.size() > MostSize) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    if (part.empty() || !all_of(part, is_part_character)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_event_pattern(std::string_view text) noexcept {
  if (text == "*") return true;
  if (text.size() > MostSize) return false;
  return is_event_type(text.ends_with(".*") ? text.substr(0, text.size() - 2) : text);
}

bool wants(std::string_view pattern, std::string_view type) noexcept {
  if (!pattern.ends_with('*')) return pattern == type;
  return type.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace portico::notify::webhook
