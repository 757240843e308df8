// SPDX-License-Identifier: Apache-2.0
#include "schedule/cron.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace portico::notify::schedule {
namespace {

using namespace std::chrono;

constexpr int MostMonths = 100 * 12;
constexpr std::uint64_t AllHours = (std::uint64_t{1} << 24U) - 1;

}  // namespace

std::optional<unsigned> Cron::Field::first(unsigned from) const noexcept {
  const std::uint64_t rest = from < 64 ? bits >> from << from : 0;
  if (rest == 0) return std::nullopt;
  return static_cast<unsigned>(std::countr_zero(rest));
}

bool Cron::each_time_shown() const noexcept { return hours_.bits == AllHours; }

bool Cron::has_day(year_month_day date) const noexcept {
  const bool of_month = days_.has(static_cast<unsigned>(date.day()));
  const bool of_week = weekdays_.has(weekday(sys_days(date)).c_encoding());
  if (days_.any || weekdays_.any) return of_month && of_week;
  return of_month || of_week;
}

bool Cron::possible() const noexcept {
  if (!days_.any && !weekdays_.any) return true;
  for (unsigned m = 1; m <= 12; ++m) {
    const auto longest = static_cast<unsigned>((year(2000) / month(m) / last).day());
    if (months_.has(m) && days_.first(1).value_or(32) <= longest) return true;
  }
  return false;
}

std::optional<minutes> Cron::first_minute(minutes from) const {
  const auto hour = static_cast<unsigned>(from / hours(1));
  const auto minute = static_cast<unsigned>(from % hours(1) / minutes(1));
  if (hours_.has(hour)) {
    if (const auto found = minutes_.first(minute)) return hours(hour) + minutes(*found);
  }
  const auto later = hours_.first(hour + 1);
  if (!later) return std::nullopt;
  return hours(*later) + minutes(*minutes_.first(0));
}

std::optional<local_seconds> Cron::next(local_seconds from) const {
  const local_time<minutes> start = ceil<minutes>(from);
  const local_days first_day = floor<days>(start);
  const year_month_day first(first_day);
  year_month at = first.year() / first.month();
  for (int i = 0; i < MostMonths; ++i, at += months(1)) {
    if (!months_.has(static_cast<unsigned>(at.month()))) continue;
    const auto end = static_cast<unsigned>((at / last).day());
    for (unsigned d = i == 0 ? static_cast<unsigned>(first.day()) : 1; d <= end; ++d) {
      const year_month_day date = at / day(d);
      if (!has_day(date)) continue;
      const local_days midnight(date);
      const auto minute = first_minute(midnight == first_day ? start - midnight : minutes(0));
      if (minute) return midnight + *minute;
    }
  }
  return std::nullopt;
}

}  // namespace portico::notify::schedule
