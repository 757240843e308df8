// SPDX-License-Identifier: Apache-2.0
#include "schedule/recurrence_days.h"

#include <algorithm>
#include <cstddef>

namespace portico::notify::schedule {

using namespace std::chrono;

namespace {

std::size_t number(days count) { return static_cast<std::size_t>(count.count()); }

/// Rounds down, below 0 too.
std::int64_t quotient(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Farther than anybody looks, and not as far as a year can be counted.
constexpr std::int64_t MostYears = 20'000;

/// What the rule leaves open is as in its start.
void complete(RecurrenceRule& rule, local_days start) {
  const year_month_day date(start);
  const bool by_day = !rule.days.empty() || !rule.month_days.empty() || !rule.year_days.empty();
  if (by_day) return;
  const auto of_month = static_cast<unsigned>(date.day());
  if (rule.frequency == Frequency::Weekly || !rule.weeks.empty()) {
    rule.days.push_back({0, weekday(start)});
  } else if (rule.frequency == Frequency::Monthly) {
    rule.month_days.front.set(of_month);
  } else if (rule.frequency == Frequency::Yearly) {
    if (rule.months.none()) rule.months.set(static_cast<unsigned>(date.month()));
    rule.month_days.front.set(of_month);
  }
}

}  // namespace

RecurrenceDays::RecurrenceDays(const RecurrenceRule& rule, local_days start)
    : rule_(rule), start_(start) {
  complete(rule_, start);
}

bool RecurrenceDays::admits(local_days day) const {
  const year_month_day date(day);
  if (rule_.months.any() && !rule_.months[static_cast<unsigned>(date.month())]) return false;
  const auto of_month = static_cast<unsigned>(date.day());
  const auto month_size = static_cast<unsigned>((date.year() / date.month() / last).day());
  if (!rule_.month_days.admits(of_month, month_size)) return false;
  const local_days year_begin(date.year() / January / 1);
  const std::size_t year_size = date.year().is_leap() ? 366 : 365;
  if (!rule_.year_days.admits(number(day - year_begin) + 1, year_size)) return false;
  return admits_weekday(date, day) && admits_week(day);
}

bool RecurrenceDays::admits_weekday(year_month_day date, local_days day) const {
  if (rule_.days.empty()) return true;
  // A number counts within the month, unless the rule goes by years and names no month.
  const bool of_year = rule_.frequency == Frequency::Yearly && rule_.months.none();
  const local_days begin(of_year ? date.year() / January / 1 : date.year() / date.month() / 1);
  const local_days end(of_year ? local_days(date.year() / December / last)
                               : local_days(date.year() / date.month() / last));
  const auto front = static_cast<int>((day - begin) / weeks(1)) + 1;
  const auto back = static_cast<int>((end - day) / weeks(1)) + 1;
  const weekday of_week(day);
  return std::any_of(rule_.days.begin(), rule_.days.end(), [&](const RecurrenceRule::Day& each) {
    if (each.weekday != of_week) return false;
    return each.ordinal == 0 || each.ordinal == front || each.ordinal == -back;
  });
}

local_days RecurrenceDays::week_of(local_days day) const {
  return day - (weekday(day) - rule_.week_start);
}

local_days RecurrenceDays::first_week_of(year y) const {
  return week_of(local_days(y / January / 4));
}

bool RecurrenceDays::admits_week(local_days day) const {
  if (rule_.weeks.empty()) return true;
  const local_days week = week_of(day);
  // The day of a week that decides which year it is of.
  const year y = year_month_day(week + days(3)).year();
  const local_days first = first_week_of(y);
  const auto count = static_cast<std::size_t>((first_week_of(y + years(1)) - first) / weeks(1));
  return rule_.weeks.admits(static_cast<std::size_t>((week - first) / weeks(1)) + 1, count);
}

std::int64_t RecurrenceDays::index_of(local_days day) const {
  const year_month_day date(day);
  const year_month_day first(start_);
  const auto year_difference = static_cast<int>(date.year()) - static_cast<int>(first.year());
  switch (rule_.frequency) {
    case Frequency::Yearly: return year_difference;
    case Frequency::Monthly:
      return std::int64_t{year_difference} * 12 +
             (static_cast<int>(static_cast<unsigned>(date.month())) -
              static_cast<int>(static_cast<unsigned>(first.month())));
    case Frequency::Weekly: return (week_of(day) - week_of(start_)) / weeks(1);
    default: return (day - start_).count();
  }
}

RecurrenceDays::Span RecurrenceDays::span_at(std::int64_t index) const {
  const year_month_day first(start_);
  const auto step = static_cast<int>(index);
  switch (rule_.frequency) {
    case Frequency::Yearly: {
      const year y = first.year() + years(static_cast<int>(std::min(index, MostYears)));
      return {local_days(y / January / 1), local_days((y + years(1)) / January / 1)};
    }
    case Frequency::Monthly: {
      const year_month m = first.year() / first.month() + months(step);
      return {local_days(m / 1), local_days((m + months(1)) / 1)};
    }
    case Frequency::Weekly: {
      const local_days week = week_of(start_) + weeks(step);
      return {week, week + weeks(1)};
    }
    default: return {start_ + days(step), start_ + days(step + 1)};
  }
}

RecurrenceDays::Span RecurrenceDays::span_from(local_days day) const {
  const std::int64_t index = std::max<std::int64_t>(index_of(std::max(day, start_)), 0);
  return span_at(-quotient(-index, rule_.interval) * rule_.interval);
}

}  // namespace portico::notify::schedule
