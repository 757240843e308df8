// SPDX-License-Identifier: Apache-2.0
#include "shared/uuid.h"

namespace portico {
inline namespace shared {
namespace uuid {
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

}  // namespace uuid
}  // namespace shared
}  // namespace portico
