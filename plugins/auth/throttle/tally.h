// SPDX-License-Identifier: Apache-2.0
// How often something may happen: three rules, over one kind of row. They say how long to wait; the
// statements that count are with the table (tallies.h). Pure. A row that has been deleted is the
// same as one that says nothing.
#pragma once

#include "shared/time.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace portico::auth {

/// A row. Zero is what nobody has used.
struct Tally {
  /// What was not counted for so long is forgotten.
  static constexpr Time Memory = std::chrono::hours(24);

  std::int64_t count = 0;
  Time last{0};     ///< When it was counted last.
  Time free_at{0};  ///< When a bucket is full again.

  friend bool operator==(const Tally&, const Tally&) = default;
};

/// Failures one after the other. From the `start`-th on, each makes the next try wait, `factor`
/// times as long as the one before and at most `cap`. Never for good: a try after the wait is
/// always allowed.
struct Backoff {
  std::int64_t start = 5;
  Time base = std::chrono::seconds(1);
  std::int64_t factor = 2;
  Time cap = std::chrono::minutes(15);

  /// How long the next try has to wait; zero: not at all.
  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    const std::int64_t count = failures(tally, now);
    return count < start ? Time(0) : std::max(Time(0), tally.last + delay(count) - now);
  }
  /// How many are remembered.
  [[nodiscard]] static std::int64_t failures(const Tally& tally, Time now) noexcept {
    return now - tally.last < Tally::Memory ? tally.count : 0;
  }

 private:
  [[nodiscard]] Time delay(std::int64_t count) const noexcept {
    Time time = base;
    // A factor of 1 never gets anywhere.
    for (std::int64_t i = start; i < count && time < cap && factor > 1; ++i) time *= factor;
    return std::min(time, cap);
  }
};

/// So many in a row, and so many in each `per` in the long run: the generic cell rate algorithm.
struct Bucket {
  std::int64_t burst = 30;
  std::int64_t limit = 30;
  Time per = std::chrono::hours(1);

  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    return std::max(Time(0), tally.free_at - latest(now));
  }
  /// For one more, it has to be full again by then.
  [[nodiscard]] Time latest(Time now) const noexcept { return now + interval() * (burst - 1); }
  /// By how much later it is full again for each one that is taken.
  [[nodiscard]] Time interval() const noexcept { return per / limit; }
};

/// At most `most` within any `window`: after so many, it is quiet until a window has passed since
/// the last one. What a bucket gives in its first hour is nearly twice its limit; this never gives
/// more.
struct Quota {
  std::int64_t most = 5;
  Time window = std::chrono::hours(1);

  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    if (tally.count < most) return Time(0);
    return std::max(Time(0), tally.last + window - now);
  }
};

}  // namespace portico::auth
