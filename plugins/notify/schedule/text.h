// SPDX-License-Identifier: Apache-2.0
// Words and numbers in the texts of schedules. ASCII, whatever the locale. Pure.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::notify::schedule {

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr char upper(char c) noexcept {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

[[nodiscard]] constexpr bool same_letters(std::string_view one, std::string_view other) noexcept {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return upper(a) == upper(b); });
}

/// Takes what stands before the next `separator`, and that one too, from the front of `rest`.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& rest,
                                                    char separator) noexcept {
  const std::size_t end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return taken;
}

/// Digits alone, at most six of them.
[[nodiscard]] inline std::optional<int> read_number(std::string_view text) noexcept {
  if (text.empty() || text.size() > 6 || !std::all_of(text.begin(), text.end(), is_digit)) {
    return std::nullopt;
  }
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace portico::notify::schedule
