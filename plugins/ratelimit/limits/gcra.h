// SPDX-License-Identifier: Apache-2.0
// The generic cell rate algorithm: a bucket leaks at the limit's rate and holds `burst`. Its state
// is one time: when it will have leaked empty. Nothing happens at the edges of windows, for there
// are none.
//
// Times are kept in such parts of a microsecond that the interval between two requests is a whole
// number of them, where 256 parts are enough for that: then the limit is exact. Where not, as for
// 1001 in a second, the interval is short by at most a 256th of a microsecond.
#pragma once

#include "limits/bucket.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace portico::ratelimit {

class Gcra {
 public:
  static constexpr std::int64_t MostParts = 256;
  /// What a full bucket may need to leak empty, in parts: a double, too, counts to it.
  static constexpr std::int64_t MostTolerance = std::int64_t{1} << 53;

  /// Requires seconds and counts above zero, and `burst` requests within `MostTolerance`.
  Gcra(std::uint32_t limit, std::int64_t seconds, std::uint32_t burst)
      : parts_(std::min<std::int64_t>(limit / std::gcd<std::int64_t>(limit, seconds * Second),
                                      MostParts)),
        interval_(seconds * Second * parts_ / limit),
        tolerance_(interval_ * burst) {}

  /// Of a microsecond.
  [[nodiscard]] std::int64_t parts() const noexcept { return parts_; }
  /// Between two requests, in parts, as the next one.
  [[nodiscard]] std::int64_t interval() const noexcept { return interval_; }
  [[nodiscard]] std::int64_t tolerance() const noexcept { return tolerance_; }
  /// Microseconds until whatever was taken is forgotten.
  [[nodiscard]] std::int64_t memory() const noexcept { return tolerance_ / parts_ + 1; }

  [[nodiscard]] Taken take(Word word, const Moment& moment, std::uint32_t cost) const noexcept {
    const std::int64_t now = moment.lived * parts_;
    // Only after a clock has stepped back, and not when two loops differ by a little: nobody waits
    // longer than for a full bucket.
    if (static_cast<std::int64_t>(word) - now > tolerance_ + Second * parts_) {
      word = static_cast<Word>(now + tolerance_);
    }
    const std::int64_t empty = std::max(static_cast<std::int64_t>(word), now);
    const std::int64_t next = empty + interval_ * cost;
    const std::int64_t room = tolerance_ - (empty - now);
    if (next - now > tolerance_) {
      return {word,
              {.allowed = false,
               .remaining = units(room),
               .reset = up(empty - now),
               .retry = up(next - tolerance_ - now)}};
    }
    return {
        std::min(static_cast<Word>(next), MostWord),
        {.allowed = true, .remaining = units(tolerance_ - (next - now)), .reset = up(next - now)}};
  }

  [[nodiscard]] Word give_back(Word word, std::uint32_t cost) const noexcept {
    const auto taken = static_cast<Word>(interval_) * cost;
    return word > taken ? word - taken : 0;
  }

 private:
  [[nodiscard]] std::uint32_t units(std::int64_t room) const noexcept {
    return room <= 0 ? 0 : static_cast<std::uint32_t>(room / interval_);
  }
  [[nodiscard]] std::int64_t up(std::int64_t in_parts) const noexcept {
    return (in_parts + parts_ - 1) / parts_;
  }

  std::int64_t parts_;
  std::int64_t interval_;
  std::int64_t tolerance_;
};

}  // namespace portico::ratelimit
