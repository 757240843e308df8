// SPDX-License-Identifier: Apache-2.0
// Whether bytes are text. Any thread.
#pragma once

#include <string_view>

namespace portico::auth {

/// Valid UTF-8, without overlong forms and surrogates, and without U+0000: what ends a C string
/// would let one part of a program read less than another has checked.
[[nodiscard]] bool is_text(std::string_view bytes) noexcept;

}  // namespace portico::auth
