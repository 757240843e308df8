// SPDX-License-Identifier: Apache-2.0
// What every limit works on: the state of one bucket in 56 bits, the time, and what a limit says of
// a request. All arithmetic here is pure: the state goes in, the next one comes out.
#pragma once

#include <cstdint>

namespace portico::ratelimit {

/// Zero is the bucket that nobody has used: it needs no memory.
using Word = std::uint64_t;
inline constexpr unsigned WordBits = 56;
inline constexpr Word MostWord = (Word{1} << WordBits) - 2;

inline constexpr std::int64_t Second = 1'000'000;

/// Microseconds. What counts in seconds or hours goes by a clock that never jumps; days and months
/// go by that of the wall.
struct Moment {
  std::int64_t lived;   ///< Since the store began, and a little more: never 0.
  std::int64_t steady;  ///< Since 1970, as the wall clock had it when the store began.
  std::int64_t unix;    ///< Since 1970.
};

struct Reading {
  bool allowed = false;
  std::uint32_t remaining = 0;  ///< What could be taken now.
  std::int64_t reset = 0;       ///< Until the bucket is as if nobody had used it.
  std::int64_t retry = 0;       ///< Refused: until the same would be allowed.
};

struct Taken {
  Word next = 0;  ///< Refused: usually what it was.
  Reading reading;
};

}  // namespace portico::ratelimit
