// SPDX-License-Identifier: Apache-2.0
#include "mail/quoted_printable.h"

#include <cstddef>

namespace portico::notify::mail {
namespace {

constexpr std::size_t MostLine = 76;
constexpr std::string_view Digits = "0123456789ABCDEF";

std::string escaped(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {'=', Digits[byte >> 4U], Digits[byte & 0xFU]};
}

/// Whether the first character of `rest`, a line or what is left of one, stands for itself.
bool is_plain(std::string_view rest, std::size_t column) {
  const char c = rest.front();
  if (c == ' ' || c == '\t') return rest.size() > 1;
  if (column == 0 && (c == '.' || rest.starts_with("From "))) return false;
  return c > ' ' && c <= '~' && c != '=';
}

void append_line(std::string& text, std::string_view line) {
  std::size_t column = 0;
  while (!line.empty()) {
    std::string piece =
        is_plain(line, column) ? std::string(1, line.front()) : escaped(line.front());
    // The line's last piece needs no room for the "=" that joins it with the next.
    const std::size_t room = line.size() == 1 ? MostLine : MostLine - 1;
    if (column + piece.size() > room) {
      text += "=\r\n";
      column = 0;
      if (!is_plain(line, column)) piece = escaped(line.front());
    }
    text += piece;
    column += piece.size();
    line.remove_prefix(1);
  }
  text += "\r\n";
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    append_line(encoded, text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return encoded;
}

}  // namespace portico::notify::mail
