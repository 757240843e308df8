// SPDX-License-Identifier: Apache-2.0
// Names: of variables, of blocks, and keys of templates, which is what partials are. Never a path:
// a name has no slash and no two dots in a row. Any thread.
#pragma once

#include "shared/ascii.h"

#include <cstddef>
#include <string_view>

namespace portico::notify {

inline constexpr std::size_t MostNameBytes = 128;

/// "name", "order.lines": parts of letters, digits and "_", the first of each no digit.
[[nodiscard]] constexpr bool is_template_name(std::string_view text) noexcept {
  bool begins = true;
  for (const char c : text) {
    const bool fits = is_letter(c) || c == '_' || (!begins && (is_digit(c) || c == '.'));
    if (!fits) return false;
    begins = c == '.';
  }
  return !begins && text.size() <= MostNameBytes;
}

}  // namespace portico::notify
