// SPDX-License-Identifier: Apache-2.0
// Reads a short text from left to right. Each function takes what it names or nothing at all.
#pragma once

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace portico::auth {

class Cursor {
 public:
  explicit constexpr Cursor(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] constexpr std::string_view rest() const noexcept { return rest_; }
  [[nodiscard]] constexpr bool ended() const noexcept { return rest_.empty(); }

  constexpr bool take(std::string_view word) noexcept {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// What stands before `end`, or before the end of the text; without `end` itself.
  constexpr std::string_view take_until(char end) noexcept {
    const std::string_view taken = rest_.substr(0, rest_.find(end));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  /// Digits without a sign and without a leading zero. What is too large for the type comes out as
  /// its greatest value, so that bounds refuse it.
  std::optional<std::uint32_t> take_number() noexcept {
    const std::string_view digits = rest_.substr(0, rest_.find_first_not_of("0123456789"));
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    rest_.remove_prefix(digits.size());
    std::uint32_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec == std::errc::result_out_of_range) return std::numeric_limits<std::uint32_t>::max();
    return number;
  }

 private:
  std::string_view rest_;
};

}  // namespace portico::auth
