// SPDX-License-Identifier: Apache-2.0
// The days of an RRULE: which of them it admits, and the years, months, weeks or days that it goes
// through. Immutable, any thread.
#pragma once

#include "schedule/recurrence_rule.h"

#include <chrono>
#include <cstdint>

namespace portico::notify::schedule {

class RecurrenceDays {
 public:
  /// Days from `begin` to before `end`.
  struct Span {
    std::chrono::local_days begin;
    std::chrono::local_days end;
  };

  RecurrenceDays(const RecurrenceRule& rule, std::chrono::local_days start);

  [[nodiscard]] bool admits(std::chrono::local_days day) const;

  /// The first span of the rule that ends after `day`. For DAILY and what is rarer.
  [[nodiscard]] Span span_from(std::chrono::local_days day) const;

 private:
  [[nodiscard]] bool admits_weekday(std::chrono::year_month_day date,
                                    std::chrono::local_days day) const;
  [[nodiscard]] bool admits_week(std::chrono::local_days day) const;
  [[nodiscard]] std::chrono::local_days week_of(std::chrono::local_days day) const;
  /// The first day of the first week of the year: the one that has four days in it.
  [[nodiscard]] std::chrono::local_days first_week_of(std::chrono::year year) const;
  [[nodiscard]] Span span_at(std::int64_t index) const;
  [[nodiscard]] std::int64_t index_of(std::chrono::local_days day) const;

  RecurrenceRule rule_;
  std::chrono::local_days start_;
};

}  // namespace portico::notify::schedule
