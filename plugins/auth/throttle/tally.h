// SPDX-License-Identifier: Apache-2.0
// How often something may happen: three rules, over one kind of row. All arithmetic here is pure:
// the row goes in, the next one comes out. A row that has been forgotten is the same as none.
#pragma once

#include "store/time.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace portico::auth {

/// A row. Zero is what nobody has used.
struct Tally {
  std::int64_t count = 0;
  Time last{0};     ///< When it was counted last.
  Time free_at{0};  ///< `Backoff`: when the next try is allowed. `Bucket`: when it is full again.

  friend bool operator==(const Tally&, const Tally&) = default;
};

/// Failures one after the other. From the `start`-th on, each makes the next try wait, `factor`
/// times as long as the one before and at most `cap`. Never for good: a try after the wait is
/// always allowed, and all is forgotten `memory` after the last failure.
struct Backoff {
  std::int64_t start = 5;
  Time base = std::chrono::seconds(1);
  std::int64_t factor = 2;
  Time cap = std::chrono::minutes(15);
  Time memory = std::chrono::hours(24);

  /// How long the next try has to wait; zero: not at all.
  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    return std::max(Time(0), tally.free_at - now);
  }
  [[nodiscard]] Tally failed(const Tally& tally, Time now) const noexcept {
    const std::int64_t count = failures(tally, now) + 1;
    return {count, now, count < start ? Time(0) : now + delay(count)};
  }
  /// How many are remembered.
  [[nodiscard]] std::int64_t failures(const Tally& tally, Time now) const noexcept {
    return now - tally.last < memory ? tally.count : 0;
  }

 private:
  [[nodiscard]] Time delay(std::int64_t count) const noexcept {
    Time time = base;
    for (std::int64_t i = start; i < count && time < cap; ++i) time *= factor;
    return std::min(time, cap);
  }
};

/// So many in a row, and so many in each `per` in the long run: the generic cell rate algorithm.
struct Bucket {
  std::int64_t burst = 30;
  std::int64_t limit = 30;
  Time per = std::chrono::hours(1);

  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    return std::max(Time(0), std::max(tally.free_at, now) + interval() - interval() * burst - now);
  }
  /// Whether or not it had to wait.
  [[nodiscard]] Tally taken(const Tally& tally, Time now) const noexcept {
    // What comes while it is empty does not make it emptier: it fills again in the same time.
    const Time most = now + interval() * burst;
    return {tally.count + 1, now, std::min(most, std::max(tally.free_at, now) + interval())};
  }

 private:
  [[nodiscard]] Time interval() const noexcept { return per / limit; }
};

/// At most `most` within any `window`: after so many, it is quiet until a window has passed since
/// the last one. What a bucket gives in its first hour is nearly twice its limit; this never gives
/// more.
struct Quota {
  std::int64_t most = 5;
  Time window = std::chrono::hours(1);

  [[nodiscard]] Time wait(const Tally& tally, Time now) const noexcept {
    return counted(tally, now) < most ? Time(0) : tally.last + window - now;
  }
  [[nodiscard]] Tally taken(const Tally& tally, Time now) const noexcept {
    return {counted(tally, now) + 1, now, Time(0)};
  }

 private:
  [[nodiscard]] std::int64_t counted(const Tally& tally, Time now) const noexcept {
    return now - tally.last < window ? tally.count : 0;
  }
};

}  // namespace portico::auth
