// SPDX-License-Identifier: Apache-2.0
// Characters of ASCII as mail has them, whatever the locale. Any thread.
#pragma once

#include "shared/ascii.h"

#include <string_view>

namespace portico::notify::mail {

[[nodiscard]] constexpr bool is_printable(char c) noexcept { return c >= ' ' && c <= '~'; }
/// RFC 5322 atext.
[[nodiscard]] constexpr bool is_atom(char c) noexcept {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}
}  // namespace portico::notify::mail
