// SPDX-License-Identifier: Apache-2.0
#include "schedule/zone_rule.h"

#include "schedule/zone_rule_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::notify::schedule {
namespace {

using namespace std::chrono;

sys_days day_in(year y, const ZoneRule::YearDay& rule) {
  using Kind = ZoneRule::YearDay::Kind;
  const sys_days first = sys_days(y / January / 1);
  if (rule.kind == Kind::DayOfYear) return first + days(rule.day);
  if (rule.kind == Kind::Julian) {
    const bool after_leap_day = y.is_leap() && rule.day > 59;
    return first + days(rule.day - (after_leap_day ? 0 : 1));
  }
  const weekday day(rule.weekday);
  const year_month in = y / month(rule.month);
  return rule.week == 5 ? sys_days(in / day[last]) : sys_days(in / day[rule.week]);
}

/// The first day of week 5 may be after the end of year; each sum stays small all the same.
sys_seconds moment(year y, const ZoneRule::YearDay& rule, seconds offset) {
  return sys_seconds(day_in(y, rule)) + rule.time - offset;
}

struct Change {
  sys_seconds time;
  seconds offset;
};

}  // namespace

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) { return ZoneRuleText(text).rule(); }

ZoneRule::Span ZoneRule::span_at(sys_seconds time) const {
  if (!changes_) return {Beginning, End, standard_, standard_};
  const year now = year_month_day(floor<days>(time)).year();
  // A change of the year before may still be the last one, and one of the year after the next.
  std::array<Change, 6> changes;
  for (int i = 0; i < 3; ++i) {
    const year y = now + years(i - 1);
    const auto at = static_cast<std::size_t>(i) * 2;
    changes[at] = {moment(y, summer_begins_, standard_), summer_};
    changes[at + 1] = {moment(y, summer_ends_, summer_), standard_};
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& a, const Change& b) { return a.time < b.time; });
  std::size_t next = 0;
  while (next < changes.size() && changes[next].time <= time) ++next;
  const bool known = next > 0;
  const seconds before = changes[0].offset == summer_ ? standard_ : summer_;
  return {known ? changes[next - 1].time : Beginning,
          next < changes.size() ? changes[next].time : End,
          known ? changes[next - 1].offset : before, next > 1 ? changes[next - 2].offset : before};
}

}  // namespace portico::notify::schedule
