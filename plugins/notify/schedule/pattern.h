// SPDX-License-Identifier: Apache-2.0
// Something that comes again by the calendar and the clock on the wall, and the times when that is.
// Immutable, any thread.
#pragma once

#include "schedule/zone.h"

#include <chrono>
#include <optional>

namespace portico::notify::schedule {

class Pattern {
 public:
  virtual ~Pattern() = default;

  /// The first one that is not before; nothing where a hundred years hold none. Bounded.
  [[nodiscard]] virtual std::optional<std::chrono::local_seconds> next(
      std::chrono::local_seconds from) const = 0;

  /// Whether it comes each time that the clock shows it: "every ten minutes", "each full hour".
  /// Otherwise it comes once for each time of a day: "at half past two".
  [[nodiscard]] virtual bool each_time_shown() const noexcept = 0;

 protected:
  Pattern() = default;
  Pattern(const Pattern&) = default;
  Pattern& operator=(const Pattern&) = default;
};

/// The first time after `after`.
///
/// What the clock shows twice, as summer ends, counts the first time alone. What the clock leaves
/// out, as summer begins, comes right after the gap, once however much was left out: at half past
/// two is at three o'clock then, as cron has always done it. Both is otherwise for a pattern that
/// comes each time it is shown.
[[nodiscard]] std::optional<std::chrono::sys_seconds> next_time(const Pattern& pattern,
                                                                const Zone& zone,
                                                                std::chrono::sys_seconds after);

}  // namespace portico::notify::schedule
