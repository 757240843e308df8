// SPDX-License-Identifier: Apache-2.0
#include "base/base64url.h"

#include <array>
#include <cstdint>
#include <utility>

namespace portico::base {
namespace {

constexpr std::string_view Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t None = 0xFF;

constexpr std::array<std::uint8_t, 256> Values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(None);
  for (std::size_t i = 0; i < Alphabet.size(); ++i) {
    values[static_cast<unsigned char>(Alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

}  // namespace

void write_base64url(std::span<const unsigned char> bytes, char* out) noexcept {
  std::uint32_t bits = 0;
  int held = 0;
  for (const unsigned char byte : bytes) {
    bits = (bits << 8 | byte) & 0xFFFF;
    for (held += 8; held >= 6; held -= 6) *out++ = Alphabet[bits >> (held - 6) & 63];
  }
  if (held > 0) *out = Alphabet[bits << (6 - held) & 63];
}

std::string base64url(std::span<const unsigned char> bytes) {
  std::string text(base64url_size(bytes.size()), '\0');
  write_base64url(bytes, text.data());
  return text;
}

std::optional<std::string> read_base64url(std::string_view text) {
  // One character alone bears no byte.
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::uint8_t value = Values[static_cast<unsigned char>(c)];
    if (value == None) return std::nullopt;
    bits = (bits << 6 | value) & 0xFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push_back(static_cast<char>(bits >> held & 0xFF));
  }
  const bool canonical = (bits & ((1U << held) - 1)) == 0;
  return canonical ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace portico::base
