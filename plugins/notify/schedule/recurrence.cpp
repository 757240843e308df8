// SPDX-License-Identifier: Apache-2.0
#include "schedule/recurrence.h"

#include "schedule/recurrence_by_clock.h"
#include "schedule/recurrence_by_days.h"

#include <algorithm>
#include <utility>

namespace portico::notify::schedule {
namespace {

using std::chrono::local_seconds;
using std::chrono::seconds;

/// From its start to its end.
class Bounded final : public Pattern {
 public:
  Bounded(std::unique_ptr<const Pattern> pattern, local_seconds start,
          std::optional<local_seconds> until, bool counted)
      : pattern_(std::move(pattern)), start_(start), until_(until), counted_(counted) {}

  [[nodiscard]] std::optional<local_seconds> next(local_seconds from) const override {
    const auto found = pattern_->next(std::max(from, start_));
    return found && (!until_ || *found <= *until_) ? found : std::nullopt;
  }
  /// What is counted is counted by the calendar, where each time stands once.
  [[nodiscard]] bool each_time_shown() const noexcept override {
    return !counted_ && pattern_->each_time_shown();
  }

 private:
  std::unique_ptr<const Pattern> pattern_;
  local_seconds start_;
  std::optional<local_seconds> until_;
  bool counted_;
};

/// Farther from the start than that nobody looks.
constexpr std::chrono::days Horizon{36'525};

/// Where it lies beyond the horizon, there is no last one that matters.
std::optional<local_seconds> last_of(int count, const Pattern& pattern, local_seconds start) {
  std::optional<local_seconds> last;
  for (int i = 0; i < count; ++i) {
    last = pattern.next(last ? *last + seconds(1) : start);
    if (!last || *last > start + Horizon) return std::nullopt;
  }
  return last;
}

}  // namespace

std::shared_ptr<const Pattern> recurrence_of(const RecurrenceRule& rule, local_seconds start,
                                             std::optional<local_seconds> until) {
  std::unique_ptr<const Pattern> pattern;
  if (rule.frequency <= Frequency::Hourly) {
    pattern = std::make_unique<RecurrenceByClock>(rule, start);
  } else {
    pattern = std::make_unique<RecurrenceByDays>(rule, start);
  }
  if (rule.count) until = last_of(*rule.count, *pattern, start);
  return std::make_shared<Bounded>(std::move(pattern), start, until, rule.count.has_value());
}

}  // namespace portico::notify::schedule
