// SPDX-License-Identifier: Apache-2.0
// UTF-8, read strictly: overlong forms, surrogates and what lies above U+10FFFF are no text.
// Values, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::notify::mail {

struct CodePoint {
  char32_t value;
  std::size_t size;  ///< In bytes.
};

/// That the text begins with; nothing at its end and where it is not UTF-8.
[[nodiscard]] std::optional<CodePoint> first_code_point(std::string_view text) noexcept;

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Whether it may stand in a header's field: UTF-8 without control characters (of ASCII, DEL, and
/// U+0080 to U+009F) and without the two code points that some take for the end of a line, U+2028
/// and U+2029.
[[nodiscard]] bool is_one_line(std::string_view text) noexcept;

}  // namespace portico::notify::mail
