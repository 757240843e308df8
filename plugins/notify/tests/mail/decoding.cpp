// SPDX-License-Identifier: Apache-2.0
#include "mail/decoding.h"

#include <cstdint>
#include <cstdlib>

namespace portico::notify::test {

std::vector<std::string> lines_of(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find_first_of("\r\n");
    std::size_t size = bytes.size();
    if (end != std::string_view::npos) size = end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1);
    lines.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return lines;
}

std::string Parsed::value(std::string_view name) const {
  std::string found = "no field " + std::string(name);
  int count = 0;
  for (const Field& field : fields) {
    if (field.name != name) continue;
    found = ++count == 1 ? field.value : "several fields " + std::string(name);
  }
  return found;
}

Parsed parsed(std::string_view bytes) {
  Parsed result;
  const std::size_t end = bytes.find("\r\n\r\n");
  for (std::string line : lines_of(bytes.substr(0, end + 2))) {
    if (line.ends_with("\r\n")) line.resize(line.size() - 2);
    if (line.starts_with(' ') || line.starts_with('\t')) {
      result.fields.back().value += line;
      continue;
    }
    const std::size_t colon = line.find(": ");
    result.fields.push_back({line.substr(0, colon), line.substr(colon + 2)});
  }
  result.body = bytes.substr(end + 4);
  return result;
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view Alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t at = Alphabet.find(c);
    if (at == std::string_view::npos) continue;
    bits = (bits << 6U) | static_cast<std::uint32_t>(at);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xFFU);
  }
  return bytes;
}

std::string from_quoted_printable(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      bytes += text[i];
      continue;
    }
    const std::string digits(text.substr(i + 1, 2));
    if (digits != "\r\n") bytes += static_cast<char>(std::strtoul(digits.c_str(), nullptr, 16));
    i += 2;
  }
  return bytes;
}

std::string decoded_words(std::string_view value) {
  constexpr std::string_view Opening = "=?UTF-8?B?";
  std::string text;
  while (true) {
    const std::size_t open = value.find(Opening);
    const std::string_view between = value.substr(0, open);
    const bool blank = between.find_first_not_of(' ') == std::string_view::npos;
    if (open == std::string_view::npos || !blank || text.empty()) text += between;
    if (open == std::string_view::npos) return text;
    const std::size_t close = value.find("?=", open + Opening.size());
    text += from_base64(value.substr(open, close - open).substr(Opening.size()));
    value.remove_prefix(close + 2);
  }
}

std::string decoded_body(const Parsed& part) {
  const std::string encoding = part.value("Content-Transfer-Encoding");
  if (encoding == "base64") return from_base64(part.body);
  if (encoding == "quoted-printable") return from_quoted_printable(part.body);
  return "encoded as " + encoding;
}

std::vector<Parsed> parts_of(const Parsed& message) {
  const std::string type = message.value("Content-Type");
  const std::size_t open = type.find("boundary=\"") + 10;
  const std::string mark = "--" + type.substr(open, type.size() - 1 - open);
  std::vector<Parsed> parts;
  std::string bytes;
  bool inside = false;
  for (const std::string& line : lines_of(message.body)) {
    if (!line.starts_with(mark)) {
      bytes += line;
      continue;
    }
    // The line end before a boundary is the boundary's.
    if (inside) parts.push_back(parsed(bytes.substr(0, bytes.size() - 2)));
    bytes.clear();
    inside = line == mark + "\r\n";
  }
  return parts;
}

}  // namespace portico::notify::test
