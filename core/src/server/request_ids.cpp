// SPDX-License-Identifier: Apache-2.0
#include "server/request_ids.h"

#include "base/random.h"

#include <array>
#include <cstring>
#include <span>

namespace portico::server {
namespace {

/// A permutation of the 64-bit numbers.
[[nodiscard]] std::uint64_t scramble(std::uint64_t value) noexcept {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31U);
}

char* put_hex(char* to, std::uint64_t value) noexcept {
  constexpr std::string_view Digits = "0123456789abcdef";
  for (unsigned shift = 64; shift > 0; ++to) *to = Digits[(value >> (shift -= 4)) & 15U];
  return to;
}

}  // namespace

RequestIds::RequestIds() {
  std::array<std::uint64_t, 2> random{};
  base::fill_random(std::as_writable_bytes(std::span(random)));
  prefix_ = random[0];
  counter_ = random[1];
}

std::string_view RequestIds::next(base::Arena& arena) {
  constexpr std::size_t Length = 32;
  char* const id = arena.array<char>(Length);
  put_hex(put_hex(id, prefix_), scramble(counter_++));
  return {id, Length};
}

}  // namespace portico::server
