// SPDX-License-Identifier: Apache-2.0
#include "schedule/zone_rule_text.h"

#include "schedule/text.h"

#include <cstddef>

namespace portico::notify::schedule {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

bool ZoneRuleText::take(char c) noexcept {
  if (!rest_.starts_with(c)) return false;
  rest_.remove_prefix(1);
  return true;
}

bool ZoneRuleText::name() noexcept {
  const bool quoted = take('<');
  std::size_t size = 0;
  while (size < rest_.size() &&
         (is_letter(rest_[size]) ||
          (quoted && (is_digit(rest_[size]) || rest_[size] == '+' || rest_[size] == '-')))) {
    ++size;
  }
  rest_.remove_prefix(size);
  return size >= 3 && (!quoted || take('>'));
}

std::optional<unsigned> ZoneRuleText::number(unsigned least, unsigned most) noexcept {
  std::size_t size = 0;
  while (size < rest_.size() && is_digit(rest_[size])) ++size;
  const auto value = read_number(rest_.substr(0, size));
  if (!value || static_cast<unsigned>(*value) < least || static_cast<unsigned>(*value) > most) {
    return std::nullopt;
  }
  rest_.remove_prefix(size);
  return static_cast<unsigned>(*value);
}

std::optional<seconds> ZoneRuleText::time() noexcept {
  const bool below = take('-');
  if (!below) (void)take('+');
  const auto hour = number(0, 167);
  if (!hour) return std::nullopt;
  seconds value = hours(*hour);
  if (take(':')) {
    const auto minute = number(0, 59);
    if (!minute) return std::nullopt;
    value += minutes(*minute);
    if (take(':')) {
      const auto second = number(0, 59);
      if (!second) return std::nullopt;
      value += seconds(*second);
    }
  }
  return below ? -value : value;
}

bool ZoneRuleText::month_week_day(ZoneRule::YearDay& day) noexcept {
  const auto month = number(1, 12);
  if (!month || !take('.')) return false;
  const auto week = number(1, 5);
  if (!week || !take('.')) return false;
  const auto weekday = number(0, 6);
  if (!weekday) return false;
  day.month = *month;
  day.week = *week;
  day.weekday = *weekday;
  return true;
}

std::optional<ZoneRule::YearDay> ZoneRuleText::day() noexcept {
  using Kind = ZoneRule::YearDay::Kind;
  ZoneRule::YearDay day;
  day.time = hours(2);
  if (take('M')) {
    day.kind = Kind::WeekdayOfMonth;
    if (!month_week_day(day)) return std::nullopt;
  } else {
    day.kind = take('J') ? Kind::Julian : Kind::DayOfYear;
    const auto of_year = day.kind == Kind::Julian ? number(1, 365) : number(0, 365);
    if (!of_year) return std::nullopt;
    day.day = *of_year;
  }
  if (!take('/')) return day;
  const auto at = time();
  if (!at) return std::nullopt;
  day.time = *at;
  return day;
}

std::optional<ZoneRule> ZoneRuleText::rule() {
  ZoneRule rule;
  if (!name()) return std::nullopt;
  const auto west = time();
  if (!west) return std::nullopt;
  // POSIX counts what is west of Greenwich.
  rule.standard_ = -*west;
  if (rest_.empty()) return rule;
  rule.changes_ = true;
  if (!name()) return std::nullopt;
  rule.summer_ = rule.standard_ + hours(1);
  if (!rest_.starts_with(',')) {
    const auto summer_west = time();
    if (!summer_west) return std::nullopt;
    rule.summer_ = -*summer_west;
  }
  if (!take(',')) return std::nullopt;
  const auto begins = day();
  if (!begins || !take(',')) return std::nullopt;
  const auto ends = day();
  if (!ends || !rest_.empty()) return std::nullopt;
  rule.summer_begins_ = *begins;
  rule.summer_ends_ = *ends;
  return rule;
}

}  // namespace portico::notify::schedule
