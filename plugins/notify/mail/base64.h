// SPDX-License-Identifier: Apache-2.0
// Base64 as mail has it (RFC 2045). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::mail {

/// In one piece, with `=` at its end.
[[nodiscard]] std::string base64(std::string_view bytes);

/// In lines of at most 76 characters, each with CRLF behind it.
[[nodiscard]] std::string base64_lines(std::string_view bytes);

}  // namespace portico::notify::mail
