// SPDX-License-Identifier: Apache-2.0
#include "schedule/pattern.h"

#include <algorithm>

namespace portico::notify::schedule {
namespace {

using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

sys_seconds time_in(const Zone::Period& period, local_seconds shown) {
  return sys_seconds(shown.time_since_epoch() - period.offset);
}

/// Where in the period there is something new to see.
local_seconds first_new(const Zone::Period& period, const Pattern& pattern) {
  if (pattern.each_time_shown()) return period.first_shown();
  return std::max(period.first_shown(), period.shown_before());
}

}  // namespace

std::optional<sys_seconds> next_time(const Pattern& pattern, const Zone& zone, sys_seconds after) {
  Zone::Period period = zone.period_at(after);
  local_seconds from = period.shown(after) + seconds(1);
  if (!pattern.each_time_shown()) from = std::max(from, first_new(period, pattern));
  auto found = pattern.next(from);
  while (found && *found >= period.end_shown()) {
    period = zone.period_at(period.end);
    if (!pattern.each_time_shown() && *found < period.first_shown()) return period.begin;
    const local_seconds again = first_new(period, pattern);
    // Between `from` and what was found there is nothing, so mostly that stays the next one.
    if (again >= from && again <= *found) continue;
    from = again;
    found = pattern.next(from);
  }
  if (!found) return std::nullopt;
  return time_in(period, *found);
}

}  // namespace portico::notify::schedule
