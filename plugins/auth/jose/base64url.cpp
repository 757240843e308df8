// SPDX-License-Identifier: Apache-2.0
#include "jose/base64url.h"

#include <array>
#include <cstdint>

namespace portico::auth::base64url {
namespace {

constexpr std::string_view Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Has a bit that no digit has, so that one test serves several characters.
constexpr std::uint8_t NoDigit = 0x80;

constexpr std::array<std::uint8_t, 256> Digits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(NoDigit);
  for (std::size_t i = 0; i < Alphabet.size(); ++i) {
    digits[static_cast<unsigned char>(Alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}();

constexpr std::uint32_t digit(char c) noexcept { return Digits[static_cast<unsigned char>(c)]; }
constexpr std::uint32_t byte(char c) noexcept { return static_cast<unsigned char>(c); }
constexpr char letter(std::uint32_t bits) noexcept { return Alphabet[bits & 0x3F]; }

/// Two or three characters at the end: one or two bytes, and no bit left over.
bool decode_rest(std::string_view rest, char* out) noexcept {
  const std::uint32_t a = digit(rest[0]);
  const std::uint32_t b = digit(rest[1]);
  const std::uint32_t c = rest.size() == 3 ? digit(rest[2]) : 0;
  if (((a | b | c) & NoDigit) != 0) return false;
  const std::uint32_t bits = a << 18 | b << 12 | c << 6;
  *out++ = static_cast<char>(bits >> 16);
  if (rest.size() == 2) return (bits & 0xFFFF) == 0;
  *out = static_cast<char>(bits >> 8 & 0xFF);
  return (bits & 0xFF) == 0;
}

}  // namespace

std::string encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) {
    const std::uint32_t bits =
        byte(bytes[at]) << 16 | byte(bytes[at + 1]) << 8 | byte(bytes[at + 2]);
    text += {letter(bits >> 18), letter(bits >> 12), letter(bits >> 6), letter(bits)};
  }
  if (bytes.size() - at == 1) {
    const std::uint32_t bits = byte(bytes[at]) << 16;
    text += {letter(bits >> 18), letter(bits >> 12)};
  } else if (bytes.size() - at == 2) {
    const std::uint32_t bits = byte(bytes[at]) << 16 | byte(bytes[at + 1]) << 8;
    text += {letter(bits >> 18), letter(bits >> 12), letter(bits >> 6)};
  }
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes(decoded_size(text.size()), '\0');
  if (!decode(text, bytes)) return std::nullopt;
  return bytes;
}

std::optional<std::size_t> decode(std::string_view text, std::span<char> buffer) noexcept {
  const std::size_t size = decoded_size(text.size());
  if (text.size() % 4 == 1 || buffer.size() < size) return std::nullopt;
  char* out = buffer.data();
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const std::uint32_t a = digit(text[at]);
    const std::uint32_t b = digit(text[at + 1]);
    const std::uint32_t c = digit(text[at + 2]);
    const std::uint32_t d = digit(text[at + 3]);
    if (((a | b | c | d) & NoDigit) != 0) return std::nullopt;
    const std::uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    *out++ = static_cast<char>(bits >> 16);
    *out++ = static_cast<char>(bits >> 8 & 0xFF);
    *out++ = static_cast<char>(bits & 0xFF);
  }
  if (at < text.size() && !decode_rest(text.substr(at), out)) return std::nullopt;
  return size;
}

}  // namespace portico::auth::base64url
