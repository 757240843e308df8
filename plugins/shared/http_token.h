// SPDX-License-Identifier: Apache-2.0
// The names of methods and of header fields. Any thread.
#pragma once

#include "shared/ascii.h"

#include <string_view>

namespace portico {
inline namespace shared {

/// RFC 9110 tchar.
[[nodiscard]] constexpr bool is_token_character(char c) noexcept {
  return is_letter_or_digit(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
  return !text.empty() && all_of(text, is_token_character);
}

}  // namespace shared
}  // namespace portico
