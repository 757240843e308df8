// SPDX-License-Identifier: Apache-2.0
// Quoted-printable (RFC 2045, 6.7): text stays legible, whatever else it holds. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::mail {

/// Of a text whose lines all end with CRLF. Lines of at most 76 characters, none of which begins
/// with "." or "From " or ends with a blank: nobody on the way has a reason to change one.
[[nodiscard]] std::string quoted_printable(std::string_view text);

}  // namespace portico::notify::mail
