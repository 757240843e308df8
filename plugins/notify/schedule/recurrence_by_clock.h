// SPDX-License-Identifier: Apache-2.0
// An RRULE of HOURLY or MINUTELY, without its bounds. Immutable, any thread.
#pragma once

#include "schedule/pattern.h"
#include "schedule/recurrence_days.h"
#include "schedule/recurrence_rule.h"

#include <bitset>
#include <chrono>
#include <optional>

namespace portico::notify::schedule {

class RecurrenceByClock final : public Pattern {
 public:
  RecurrenceByClock(const RecurrenceRule& rule, std::chrono::local_seconds start);

  [[nodiscard]] std::optional<std::chrono::local_seconds> next(
      std::chrono::local_seconds from) const override;

  /// Each hour, and each n minutes, unless it names hours.
  [[nodiscard]] bool each_time_shown() const noexcept override { return each_time_shown_; }

 private:
  /// Whether its steps and the parts of the rule meet on any day.
  [[nodiscard]] bool possible() const;
  /// From `from` to the end of the day.
  [[nodiscard]] std::optional<std::chrono::minutes> in_day(std::chrono::local_days day,
                                                           std::chrono::minutes from) const;
  [[nodiscard]] std::optional<std::chrono::minutes> in_hour(std::chrono::hours hour,
                                                            std::chrono::minutes from) const;

  RecurrenceDays days_;
  std::chrono::local_time<std::chrono::minutes> anchor_;  ///< From which steps are counted.
  std::chrono::minutes step_;
  bool hourly_;
  std::bitset<24> hours_;
  std::bitset<60> minutes_;
  std::chrono::seconds second_;
  bool each_time_shown_;
  bool possible_ = true;
};

}  // namespace portico::notify::schedule
