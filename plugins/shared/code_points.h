// SPDX-License-Identifier: Apache-2.0
// The code points of a text in UTF-8. Strict: overlong forms, surrogates and what lies above
// U+10FFFF are no text. Values, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

struct CodePoint {
  char32_t value;
  std::size_t bytes;  ///< That it takes in the text.
};

/// The one that the text begins with; nothing where it begins with none.
[[nodiscard]] std::optional<CodePoint> first_code_point(std::string_view text) noexcept;

/// Where the first byte stands that is not UTF-8; npos: nowhere.
[[nodiscard]] std::size_t first_broken_byte(std::string_view text) noexcept;

[[nodiscard]] inline bool is_utf8(std::string_view text) noexcept {
  return first_broken_byte(text) == std::string_view::npos;
}

/// What a database takes for text: in the place of a NUL, and of each byte that is not UTF-8,
/// stands "?".
[[nodiscard]] std::string storable(std::string_view text);

/// Nothing where the text is not UTF-8.
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text) noexcept;

/// C0 and DEL and C1, the end of a line and tabs among them.
[[nodiscard]] constexpr bool is_control(char32_t point) noexcept {
  return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/// LINE SEPARATOR and PARAGRAPH SEPARATOR: some programs end a line there.
[[nodiscard]] constexpr bool is_separator(char32_t point) noexcept {
  return point == 0x2028 || point == 0x2029;
}

/// Embeddings, overrides and isolates: with them "moc.elpmaxe" is read from the other side.
[[nodiscard]] constexpr bool turns_direction(char32_t point) noexcept {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

}  // namespace shared
}  // namespace portico
