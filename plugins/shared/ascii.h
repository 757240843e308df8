// SPDX-License-Identifier: Apache-2.0
// Characters of ASCII, whatever the locale. Any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_small_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return is_small_letter(c) || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_letter_or_digit(char c) noexcept {
  return is_letter(c) || is_digit(c);
}
[[nodiscard]] constexpr bool is_hex_digit(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char upper(char c) noexcept {
  return is_small_letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] inline std::string in_small_letters(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = lower(c);
  return result;
}
[[nodiscard]] inline std::string in_capitals(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = upper(c);
  return result;
}

// Without regard to case.

[[nodiscard]] constexpr bool same_letters(std::string_view one, std::string_view other) noexcept {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}
[[nodiscard]] constexpr bool begins_with(std::string_view text, std::string_view prefix) noexcept {
  return same_letters(text.substr(0, prefix.size()), prefix);
}

[[nodiscard]] constexpr bool all_of(std::string_view text, bool (*holds)(char) noexcept) noexcept {
  return std::all_of(text.begin(), text.end(), holds);
}

/// Spaces alone: a tab or the end of a line is a fault, not an oversight.
[[nodiscard]] constexpr std::string_view without_outer_spaces(std::string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace shared
}  // namespace portico
