// SPDX-License-Identifier: Apache-2.0
#include "store/uuid.h"

#include <algorithm>
#include <cstdint>

namespace portico::auth::uuid {
namespace {

constexpr std::string_view Digits = "0123456789abcdef";

[[nodiscard]] constexpr bool hyphen_before(std::size_t byte) noexcept {
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

[[nodiscard]] constexpr int value_of(char digit) noexcept {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

}  // namespace

std::string make(Time now, std::span<const std::byte, RandomBytes> random) {
  Bytes bytes{};
  const auto milliseconds = static_cast<std::uint64_t>(now.count() / 1000);
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::byte>(milliseconds >> (40 - 8 * i));
  }
  std::ranges::copy(random, bytes.begin() + 6);
  bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x70};  // The version.
  bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};  // The variant of RFC 9562.
  return text_of(bytes);
}

std::string text_of(const Bytes& bytes) {
  std::string text;
  text.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (hyphen_before(i)) text += '-';
    const auto value = std::to_integer<unsigned>(bytes[i]);
    text += Digits[value >> 4];
    text += Digits[value & 15U];
  }
  return text;
}

std::optional<Bytes> parse(std::string_view text) noexcept {
  if (text.size() != 36) return std::nullopt;
  Bytes bytes{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (hyphen_before(i) && text[at++] != '-') return std::nullopt;
    const int high = value_of(text[at++]);
    const int low = value_of(text[at++]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = static_cast<std::byte>(high << 4 | low);
  }
  return bytes;
}

}  // namespace portico::auth::uuid
