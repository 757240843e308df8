// SPDX-License-Identifier: Apache-2.0
#include "schedule/recurrence_by_days.h"

#include "schedule/positions.h"

#include <algorithm>
#include <cstddef>

namespace portico::notify::schedule {

using namespace std::chrono;

namespace {

constexpr days MostDays{36'525};

/// Of the day of the start, where the rule does not say.
std::vector<seconds> times_of(const RecurrenceRule& rule, seconds start) {
  std::bitset<24> of_hour = rule.hours;
  std::bitset<60> of_minute = rule.minutes;
  if (of_hour.none()) of_hour.set(static_cast<std::size_t>(start / hours(1)));
  if (of_minute.none()) of_minute.set(static_cast<std::size_t>(start % hours(1) / minutes(1)));
  const seconds second = rule.second ? seconds(*rule.second) : start % minutes(1);
  std::vector<seconds> times;
  for (std::size_t h = 0; h < of_hour.size(); ++h) {
    for (std::size_t m = 0; m < of_minute.size(); ++m) {
      if (of_hour[h] && of_minute[m]) times.push_back(hours(h) + minutes(m) + second);
    }
  }
  return times;
}

}  // namespace

RecurrenceByDays::RecurrenceByDays(const RecurrenceRule& rule, local_seconds start)
    : days_(rule, floor<days>(start)),
      times_(times_of(rule, start - floor<days>(start))),
      positions_(rule.positions) {}

std::optional<local_seconds> RecurrenceByDays::next(local_seconds from) const {
  const local_days first = floor<days>(from);
  for (local_days day = first; day <= first + MostDays;) {
    const RecurrenceDays::Span span = days_.span_from(day);
    if (span.begin > first + MostDays) return std::nullopt;
    const Found found = positions_.empty() ? in_span(span, from) : by_position(span, from);
    // Where years are counted no farther, no later span comes.
    if (found || span.end <= day) return found;
    day = span.end;
  }
  return std::nullopt;
}

RecurrenceByDays::Found RecurrenceByDays::in_span(const RecurrenceDays::Span& span,
                                                  local_seconds from) const {
  for (local_days day = std::max(span.begin, floor<days>(from)); day < span.end; day += days(1)) {
    if (!days_.admits(day)) continue;
    const auto time = std::lower_bound(times_.begin(), times_.end(), from - day);
    if (time != times_.end()) return day + *time;
  }
  return std::nullopt;
}

RecurrenceByDays::Found RecurrenceByDays::by_position(const RecurrenceDays::Span& span,
                                                      local_seconds from) const {
  std::vector<local_days> admitted;
  for (local_days day = span.begin; day < span.end; day += days(1)) {
    if (days_.admits(day)) admitted.push_back(day);
  }
  for (const std::size_t place : places_of(positions_, admitted.size() * times_.size())) {
    const local_seconds time = admitted[place / times_.size()] + times_[place % times_.size()];
    if (time >= from) return time;
  }
  return std::nullopt;
}

}  // namespace portico::notify::schedule
