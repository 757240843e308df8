// SPDX-License-Identifier: Apache-2.0
// Small functions on text that every floor needs. ASCII only where they speak of letters: the
// locale of the process never matters. None of them throws except for lack of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::base {

[[nodiscard]] constexpr char ascii_lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] std::string to_lower(std::string_view text);
/// Equal but for the case of ASCII letters.
[[nodiscard]] bool iequals(std::string_view left, std::string_view right) noexcept;

/// Without the blanks, tabs and line ends at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;
/// The pieces between separators, empty ones too: "a,,b" has three, "" has one. Views into `text`.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::span<const std::string_view> pieces, std::string_view between);

/// Safe to print: line ends and tabs as \n, \r, \t, other control characters, bytes that are not
/// UTF-8, and characters that turn or hide text as \xNN or \u{NNNN}.
[[nodiscard]] std::string escape_control(std::string_view text);
/// At most `limit` bytes of it, cut between characters, with "..." when something was cut.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t limit);

/// Length of the UTF-8 sequence that `text` begins with: 1 to 4, or 0 when it is not valid.
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;
/// Offset of the first byte that is not valid UTF-8 (overlong forms and surrogates are not).
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

/// Insertions, removals, replacements and swaps of neighbours between two words; at most `limit`
/// + 1.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right,
                                        std::size_t limit);
/// The candidate that `word` was most likely meant to be, or empty when none is near enough.
[[nodiscard]] std::string_view closest(std::string_view word,
                                       std::span<const std::string_view> candidates);

}  // namespace portico::base
