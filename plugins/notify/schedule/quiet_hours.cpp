// SPDX-License-Identifier: Apache-2.0
#include "schedule/quiet_hours.h"

#include "schedule/text.h"
#include "schedule/zone.h"

#include <algorithm>
#include <optional>

namespace portico::notify {
namespace {

using namespace std::chrono;

/// Where the calendar of the library holds.
constexpr sys_seconds Earliest = sys_days(1900y / 1 / 1);
constexpr sys_seconds Latest = sys_days(9000y / 1 / 1);

std::optional<minutes> read_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = schedule::read_number(text.substr(0, 2));
  const auto minute = schedule::read_number(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return hours(*hour) + minutes(*minute);
}

seconds of_day(local_seconds shown) { return shown - floor<days>(shown); }

sys_seconds within_calendar(microseconds time) {
  return std::clamp(sys_seconds(floor<seconds>(time)), Earliest, Latest);
}

}  // namespace

std::variant<QuietHours, ScheduleFault> QuietHours::parse(std::string_view from,
                                                          std::string_view to,
                                                          std::string_view zone) {
  const auto begin = read_time(from);
  const auto end = read_time(to);
  if (!begin || !end) return ScheduleFault{"Write the quiet hours as in 22:00 and 07:00."};
  if (*begin == *end) return ScheduleFault{"The quiet hours begin and end at the same time."};
  QuietHours made;
  made.from_ = *begin;
  made.to_ = *end;
  made.zone_ = schedule::Zone::find(zone);
  if (made.zone_ == nullptr) {
    return ScheduleFault{"There is no such zone of time; write one such as Europe/Berlin or UTC."};
  }
  return made;
}

bool QuietHours::quiet(local_seconds shown) const noexcept {
  const seconds time = of_day(shown);
  if (from_ < to_) return time >= from_ && time < to_;
  return time >= from_ || time < to_;
}

bool QuietHours::allows(microseconds time) const {
  return !quiet(zone_->shown(within_calendar(time)));
}

microseconds QuietHours::next_allowed(microseconds time) const {
  if (allows(time)) return time;
  sys_seconds at = within_calendar(time);
  while (true) {
    const schedule::Zone::Period period = zone_->period_at(at);
    const local_seconds shown = period.shown(at);
    if (!quiet(shown)) break;
    const seconds left = (to_ - of_day(shown) + days(1)) % days(1);
    // A change of the clock may leave out the end, or put it off.
    at = std::min(at + left, period.end);
  }
  return std::max(time, microseconds(at.time_since_epoch()));
}

}  // namespace portico::notify
