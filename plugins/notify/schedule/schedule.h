// SPDX-License-Identifier: Apache-2.0
// When something is to happen: once, by a line of cron, or by an RRULE, each in a zone of time.
// Immutable and cheap to copy, any thread. Times are since 1970.
//
// Cron and RRULE go by the clock on the wall. What the clock leaves out, as summer begins, comes
// right after the gap: 02:30 at 03:00. What it shows twice comes the first time. "Each hour" and
// "each n minutes" go by real time instead. (RFC 5545 would have 02:30 at 03:30; then what stands
// at 03:15 would come before it.)
#pragma once

#include "schedule/fault.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

namespace portico::notify {

namespace schedule {
class Pattern;
class Zone;
}  // namespace schedule

/// Whether the name is one of the zones of tzdata: "Europe/Berlin", "UTC".
[[nodiscard]] bool zone_known(std::string_view name);

class Schedule {
 public:
  [[nodiscard]] static Schedule once(std::chrono::microseconds time);

  /// Five fields, or "@daily" and the like (cron.h says what is refused).
  [[nodiscard]] static std::variant<Schedule, ScheduleFault> cron(std::string_view line,
                                                                  std::string_view zone);

  /// RFC 5545, with or without "RRULE:". `start` is DTSTART, in the years 1970 to 2999.
  [[nodiscard]] static std::variant<Schedule, ScheduleFault> rrule(std::string_view text,
                                                                   std::chrono::microseconds start,
                                                                   std::string_view zone);

  /// The first time after that one; nothing where there is none within a hundred years. Bounded.
  [[nodiscard]] std::optional<std::chrono::microseconds> next_after(
      std::chrono::microseconds time) const;

 private:
  Schedule() = default;

  std::chrono::microseconds once_{0};
  std::shared_ptr<const schedule::Pattern> pattern_;  ///< Null: once. Shared by copies.
  std::shared_ptr<const schedule::Zone> zone_;
};

}  // namespace portico::notify
