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

/// Eight digits at once, the highest in the lowest byte.
[[nodiscard]] std::uint64_t hex_digits(std::uint32_t value) noexcept {
  constexpr std::uint64_t Ones = 0x0101010101010101U;
  std::uint64_t nibbles = __builtin_bswap32(value);
  nibbles = (nibbles | nibbles << 16U) & 0x0000FFFF0000FFFFU;
  nibbles = (nibbles | nibbles << 8U) & 0x00FF00FF00FF00FFU;
  nibbles = (nibbles >> 4U | nibbles << 8U) & 0x0F0F0F0F0F0F0F0FU;
  // What carries into the fifth bit is beyond nine, and a letter.
  const std::uint64_t letters = (nibbles + 6 * Ones) >> 4U & Ones;
  return nibbles + '0' * Ones + letters * ('a' - '0' - 10);
}

void put_hex(char* to, std::uint64_t value) noexcept {
  const std::array halves{hex_digits(static_cast<std::uint32_t>(value >> 32U)),
                          hex_digits(static_cast<std::uint32_t>(value))};
  std::memcpy(to, halves.data(), sizeof halves);
}

}  // namespace

RequestIds::RequestIds() {
  std::array<std::uint64_t, 2> random{};
  base::fill_random(std::as_writable_bytes(std::span(random)));
  put_hex(prefix_.data(), random[0]);
  counter_ = random[1];
}

std::string_view RequestIds::next(base::Arena& arena) {
  constexpr std::size_t Length = 32;
  char* const id = arena.array<char>(Length);
  std::memcpy(id, prefix_.data(), prefix_.size());
  put_hex(id + prefix_.size(), scramble(counter_++));
  return {id, Length};
}

}  // namespace portico::server
