// SPDX-License-Identifier: Apache-2.0
#include "jose/signature.h"

#include <algorithm>
#include <cstring>

namespace portico::auth {
namespace {

constexpr std::size_t Half = 32;
using Order = std::array<unsigned char, Half>;

/// n of P-256.
constexpr Order P256{0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF,
                     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17,
                     0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51};
/// L of Ed25519.
constexpr Order Ed25519{0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                        0x00, 0x00, 0x00, 0x00, 0x00, 0x14, 0xDE, 0xF9, 0xDE, 0xA2, 0xF7,
                        0x9C, 0xD6, 0x58, 0x12, 0x63, 0x1A, 0x5C, 0xF5, 0xD3, 0xED};

bool below(std::string_view number, const Order& order) noexcept {
  return std::memcmp(number.data(), order.data(), order.size()) < 0;
}

}  // namespace

std::optional<EcdsaDer> EcdsaDer::of(std::string_view raw) noexcept {
  if (raw.size() != 2 * Half) return std::nullopt;
  EcdsaDer der;
  for (const std::string_view number : {raw.substr(0, Half), raw.substr(Half)}) {
    const bool zero = std::all_of(number.begin(), number.end(), [](char c) { return c == 0; });
    if (zero || !below(number, P256)) return std::nullopt;
    der.append(number);
  }
  der.bytes_[1] = static_cast<unsigned char>(der.size_ - 2);
  return der;
}

/// Without zeros in front, but with one where the number would else read as negative.
void EcdsaDer::append(std::string_view integer) noexcept {
  integer.remove_prefix(integer.find_first_not_of('\0'));
  const bool high = (static_cast<unsigned char>(integer.front()) & 0x80) != 0;
  bytes_[size_++] = 0x02;
  bytes_[size_++] = static_cast<unsigned char>(integer.size() + (high ? 1 : 0));
  if (high) bytes_[size_++] = 0;
  std::memcpy(bytes_.data() + size_, integer.data(), integer.size());
  size_ += integer.size();
}

bool is_canonical_ed25519(std::string_view signature) noexcept {
  if (signature.size() != 2 * Half) return false;
  std::array<char, Half> s;  // Comes with its least significant byte first.
  std::reverse_copy(signature.begin() + Half, signature.end(), s.begin());
  return below({s.data(), s.size()}, Ed25519);
}

}  // namespace portico::auth
