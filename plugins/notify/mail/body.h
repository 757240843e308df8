// SPDX-License-Identifier: Apache-2.0
// Bodies of messages: whatever came in, lines of ASCII go out. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace portico::notify::mail {

/// Every line ends with CRLF, the last one too: a CR alone, an LF alone and the two together each
/// end one. U+2028 stays what it is, a character.
[[nodiscard]] std::string with_crlf(std::string_view text);

struct EncodedBody {
  std::string_view encoding;  ///< Of Content-Transfer-Encoding.
  std::string bytes;          ///< Lines of at most 76 characters.
};

/// Quoted-printable, or base64 where that is shorter.
[[nodiscard]] EncodedBody encode_body(std::string_view text);

}  // namespace portico::notify::mail
