// SPDX-License-Identifier: Apache-2.0
#include "base/hex.h"

#include <string_view>

namespace portico::base {

std::string hex(std::span<const std::byte> bytes) {
  constexpr std::string_view Digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) {
    text += Digits[std::to_integer<unsigned>(byte >> 4U)];
    text += Digits[std::to_integer<unsigned>(byte & std::byte{15})];
  }
  return text;
}

}  // namespace portico::base
