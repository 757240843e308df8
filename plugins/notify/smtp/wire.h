// SPDX-License-Identifier: Apache-2.0
// The bytes of a message between DATA and the final dot. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::smtp {

/// Whether every server sees the same end of it: lines of ASCII, each with CRLF behind it and at
/// most 998 characters long, and no CR or LF but those. Some servers take "\n.\n" or "\r.\r" for
/// the end of a message; what came behind it would be another one.
[[nodiscard]] bool is_wire(std::string_view bytes) noexcept;

/// With a dot more before each line that begins with one, and the line with the dot that ends it.
[[nodiscard]] std::string stuffed(std::string_view wire);

}  // namespace portico::notify::smtp
