// SPDX-License-Identifier: Apache-2.0
#include "mail/body.h"

#include "mail/base64.h"
#include "mail/quoted_printable.h"

#include <cstddef>
#include <utility>

namespace portico::notify::mail {

std::string with_crlf(std::string_view text) {
  std::string lines;
  lines.reserve(text.size() + text.size() / 16 + 2);
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    lines.append(text.substr(0, end)).append("\r\n");
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return lines;
}

EncodedBody encode_body(std::string_view text) {
  const std::string lines = with_crlf(text);
  std::string legible = quoted_printable(lines);
  std::string dense = base64_lines(lines);
  if (legible.size() <= dense.size()) return {"quoted-printable", std::move(legible)};
  return {"base64", std::move(dense)};
}

}  // namespace portico::notify::mail
