// SPDX-License-Identifier: Apache-2.0
#include "nonce.h"

namespace portico::headers {
namespace {

constexpr std::string_view Letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

Nonce::Nonce(std::span<const std::byte, Bytes> random) noexcept {
  unsigned bits = 0;
  unsigned held = 0;
  std::size_t end = 0;
  for (const std::byte byte : random) {
    bits = bits << 8 | std::to_integer<unsigned>(byte);
    held += 8;
    while (held >= 6) {
      held -= 6;
      text_[end++] = Letters[bits >> held & 63];
    }
  }
  // 128 bits are 21 letters and two bits.
  text_[end++] = Letters[bits << (6 - held) & 63];
  while (end < text_.size()) text_[end++] = '=';
}

}  // namespace portico::headers
