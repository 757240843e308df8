// SPDX-License-Identifier: Apache-2.0
// So many in each window: seconds, or days and months by the calendar. The state is the window's
// number and what was taken in it.
#pragma once

#include "limits/bucket.h"
#include "limits/period.h"

#include <cstdint>

namespace portico::ratelimit {

class Fixed {
 public:
  static constexpr unsigned CountBits = 24;
  static constexpr std::uint32_t MostLimit = (1U << CountBits) - 1;

  /// Requires 1 to MostLimit.
  Fixed(std::uint32_t limit, Period period) noexcept : limit_(limit), period_(period) {}

  [[nodiscard]] const Period& period() const noexcept { return period_; }
  /// Microseconds until whatever was taken is forgotten.
  [[nodiscard]] std::int64_t memory() const noexcept { return period_.length(); }

  [[nodiscard]] Taken take(Word word, const Moment& moment, std::uint32_t cost) const noexcept {
    const std::int64_t time = period_.time(moment);
    std::uint32_t window = period_.number(time);
    std::uint32_t count = 0;
    if (const std::uint32_t known = number(word); known == window || is_next(known, window)) {
      window = known;
      count = static_cast<std::uint32_t>(word) & MostLimit;
    }
    // A limit that a reload lowered may have been exceeded before.
    const std::uint32_t room = count < limit_ ? limit_ - count : 0;
    const std::int64_t left = period_.end(window) - time;
    if (cost > room) {
      return {word, {.allowed = false, .remaining = room, .reset = left, .retry = left}};
    }
    return {Word{window} << CountBits | (count + cost),
            {.allowed = true, .remaining = room - cost, .reset = left}};
  }

  /// `receipt` is what was left when it was taken.
  [[nodiscard]] static Word give_back(Word word, Word receipt, std::uint32_t cost) noexcept {
    if (number(word) != number(receipt)) return word;
    const std::uint32_t count = static_cast<std::uint32_t>(word) & MostLimit;
    return count > cost ? word - cost : 0;
  }

 private:
  [[nodiscard]] static std::uint32_t number(Word word) noexcept {
    return static_cast<std::uint32_t>(word >> CountBits);
  }
  // The clock of another loop, or a step back within one window's length: what has begun is not
  // begun again. More than that is a clock that was wrong.
  [[nodiscard]] static bool is_next(std::uint32_t known, std::uint32_t window) noexcept {
    return known == window + 1;
  }

  std::uint32_t limit_;
  Period period_;
};

}  // namespace portico::ratelimit
