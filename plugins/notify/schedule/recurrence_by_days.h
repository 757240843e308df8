// SPDX-License-Identifier: Apache-2.0
// An RRULE of DAILY or rarer, without its bounds. Immutable, any thread.
#pragma once

#include "schedule/pattern.h"
#include "schedule/recurrence_days.h"
#include "schedule/recurrence_rule.h"

#include <chrono>
#include <optional>
#include <vector>

namespace portico::notify::schedule {

class RecurrenceByDays final : public Pattern {
 public:
  RecurrenceByDays(const RecurrenceRule& rule, std::chrono::local_seconds start);

  /// Requires `from` not before the start.
  [[nodiscard]] std::optional<std::chrono::local_seconds> next(
      std::chrono::local_seconds from) const override;
  [[nodiscard]] bool each_time_shown() const noexcept override { return false; }

 private:
  using Found = std::optional<std::chrono::local_seconds>;

  [[nodiscard]] Found in_span(const RecurrenceDays::Span& span,
                              std::chrono::local_seconds from) const;
  [[nodiscard]] Found by_position(const RecurrenceDays::Span& span,
                                  std::chrono::local_seconds from) const;

  RecurrenceDays days_;
  std::vector<std::chrono::seconds> times_;  ///< Of a day, ascending.
  std::vector<int> positions_;
};

}  // namespace portico::notify::schedule
