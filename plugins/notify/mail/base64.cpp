// SPDX-License-Identifier: Apache-2.0
#include "mail/base64.h"

#include <cstddef>
#include <cstdint>

namespace portico::notify::mail {
namespace {

constexpr std::string_view Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t LineBytes = 57;  // They make 76 characters.

/// Of one to three bytes.
void append_group(std::string& text, std::string_view bytes) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    bits = (bits << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    text += i <= bytes.size() ? Alphabet[(bits >> (18 - 6 * i)) & 0x3FU] : '=';
  }
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) append_group(text, bytes.substr(i, 3));
  return text;
}

std::string base64_lines(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += LineBytes) {
    text += base64(bytes.substr(i, LineBytes));
    text += "\r\n";
  }
  return text;
}

}  // namespace portico::notify::mail
