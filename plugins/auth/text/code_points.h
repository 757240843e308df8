// SPDX-License-Identifier: Apache-2.0
// The code points of a text in UTF-8. Strict: overlong forms, surrogates and what lies above
// U+10FFFF are no text. Values, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace portico::auth {

/// Reads from left to right. `text` must outlive it.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) noexcept : rest_(text) {}

  /// Nothing at the end, and from the first byte on that is not UTF-8.
  [[nodiscard]] std::optional<char32_t> next() noexcept;
  /// Whether all was read.
  [[nodiscard]] bool ended() const noexcept { return rest_.empty(); }

 private:
  std::string_view rest_;
};

/// Nothing where the text is not UTF-8.
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text) noexcept;

}  // namespace portico::auth
