// SPDX-License-Identifier: Apache-2.0
// How the fields of a node in the table of buckets are divided into bits.
#pragma once

#include "limits/limit.h"

#include <cstdint>

namespace portico::ratelimit {

inline constexpr Word PayloadMask = (Word{1} << WordBits) - 1;
inline constexpr Word TagStep = Word{1} << WordBits;
/// The node is between two keys.
inline constexpr Word Claimed = PayloadMask;
static_assert(MostWord < Claimed);

// `used`: ticks of the store's life, which come again after 407 days, and above them how long the
// limit remembers, as a power of four of seconds.
inline constexpr unsigned TickBits = 28;
inline constexpr std::uint32_t TickMask = (1U << TickBits) - 1;
inline constexpr unsigned TickShift = 17;  // 131 ms.
inline constexpr std::uint64_t TicksOfASecond = 8;
inline constexpr std::uint32_t Pinned = 15;

constexpr Word payload_of(Word word) noexcept { return word & PayloadMask; }
constexpr Word tagged(Word word, Word payload) noexcept { return (word & ~PayloadMask) | payload; }

inline std::uint32_t life_of(const Limit& limit) noexcept {
  const std::int64_t memory = limit.memory();
  if (memory == Limit::Forever) return Pinned;
  std::uint32_t life = 0;
  while (life + 1 < Pinned && (std::int64_t{1} << (2 * life)) * Second < memory) ++life;
  return life;
}

inline std::uint32_t tick_of(const Moment& moment) noexcept {
  return static_cast<std::uint32_t>(moment.lived >> TickShift) & TickMask;
}

inline std::uint32_t stamp(std::uint32_t life, std::uint32_t now) noexcept {
  return life << TickBits | now;
}

inline std::uint32_t idle(std::uint32_t used, std::uint32_t now) noexcept {
  const std::uint32_t ticks = (now - used) & TickMask;
  // The clock of another loop may be a little ahead.
  return ticks > TickMask / 2 ? 0 : ticks;
}

/// Whether its limit has forgotten it; loops may differ a little.
inline bool forgotten(std::uint32_t used, std::uint32_t now) noexcept {
  const std::uint32_t life = used >> TickBits;
  return life != Pinned &&
         idle(used, now) > ((std::uint64_t{1} << (2 * life)) + 2) * TicksOfASecond;
}

}  // namespace portico::ratelimit
