// SPDX-License-Identifier: Apache-2.0
// Words and numbers in the texts of schedules. ASCII, whatever the locale. Pure.
#pragma once

#include "shared/ascii.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::notify::schedule {

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
  if (text.empty() || text.size() > 6 || !all_of(text, is_digit)) {
    return std::nullopt;
  }
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace portico::notify::schedule
