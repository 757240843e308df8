// SPDX-License-Identifier: Apache-2.0
#include "schedule/misfire.h"

#include <algorithm>
#include <stdexcept>

namespace portico::notify {
namespace {

using std::chrono::microseconds;

/// Those after `last` up to now, at most `limit`.
Due collect(const Schedule& schedule, microseconds last, microseconds now, std::size_t limit) {
  Due due;
  due.next = schedule.next_after(last);
  while (due.next && *due.next <= now && due.fire.size() < limit) {
    due.fire.push_back(*due.next);
    due.next = schedule.next_after(*due.next);
  }
  return due;
}

}  // namespace

Due due(const Schedule& schedule, microseconds last, microseconds now, Misfire misfire,
        std::size_t limit) {
  if (limit == 0) throw std::invalid_argument("a limit of 0 would never let anything come");
  if (misfire == Misfire::All) return collect(schedule, last, now, limit);
  // Just before the first moment that is on time.
  const microseconds missed_until = now - OnTime - microseconds(1);
  Due due = collect(schedule, std::max(last, missed_until), now, limit);
  if (misfire == Misfire::Skip || !due.fire.empty()) return due;
  const auto missed = schedule.next_after(last);
  if (missed && *missed <= now) due.fire.push_back(*missed);
  return due;
}

}  // namespace portico::notify
