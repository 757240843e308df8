// SPDX-License-Identifier: Apache-2.0
#include "jose/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace portico::auth {
namespace {

/// Whether eight bytes are ASCII without NUL: the sum carries into the top bit of every byte that
/// is not zero, and the word itself has it set in every byte that is not ASCII.
bool plain(std::uint64_t word) noexcept {
  constexpr std::uint64_t Tops = 0x8080808080808080;
  return (word & Tops) == 0 && ((word + ~Tops) & Tops) == Tops;
}

bool continues(std::string_view bytes, std::size_t at, unsigned low, unsigned high) noexcept {
  if (at >= bytes.size()) return false;
  const unsigned byte = static_cast<unsigned char>(bytes[at]);
  return byte >= low && byte <= high;
}

/// Length of the character at `at`, or 0: table 3-7 of the Unicode Standard.
std::size_t length_at(std::string_view bytes, std::size_t at) noexcept {
  const unsigned lead = static_cast<unsigned char>(bytes[at]);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (!continues(bytes, at + 1, low, high)) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!continues(bytes, at + i, 0x80, 0xBF)) return 0;
  }
  return length;
}

}  // namespace

bool is_text(std::string_view bytes) noexcept {
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::uint64_t word = 0;
    if (bytes.size() - at >= sizeof(word)) {
      std::memcpy(&word, bytes.data() + at, sizeof(word));
      if (plain(word)) {
        at += sizeof(word);
        continue;
      }
    }
    const std::size_t length = length_at(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace portico::auth
