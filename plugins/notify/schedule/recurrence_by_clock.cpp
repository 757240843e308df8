// SPDX-License-Identifier: Apache-2.0
#include "schedule/recurrence_by_clock.h"

#include "schedule/positions.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace portico::notify::schedule {

using namespace std::chrono;

namespace {

constexpr days MostDays{36'525};

/// BYSETPOS: of an hour the minutes, which are the same in each. A minute has one time, which is
/// the first and the last.
std::bitset<60> chosen(const std::bitset<60>& all, const RecurrenceRule& rule) {
  if (rule.positions.empty()) return all;
  if (rule.frequency == Frequency::Minutely) {
    return places_of(rule.positions, 1).empty() ? std::bitset<60>() : all;
  }
  std::vector<std::size_t> set;
  for (std::size_t m = 0; m < all.size(); ++m) {
    if (all[m]) set.push_back(m);
  }
  std::bitset<60> left;
  for (const std::size_t place : places_of(rule.positions, set.size())) left.set(set[place]);
  return left;
}

std::bitset<60> minutes_of(const RecurrenceRule& rule, seconds start) {
  std::bitset<60> all = rule.minutes;
  if (all.none() && rule.frequency == Frequency::Minutely) all.set();
  if (all.none()) all.set(static_cast<std::size_t>(start % hours(1) / minutes(1)));
  return chosen(all, rule);
}

/// The least that is at least 0 and differs from `a` by a multiple of `b`.
minutes rest_of(minutes a, minutes b) {
  const minutes rest = a % b;
  return rest < minutes(0) ? rest + b : rest;
}

}  // namespace

RecurrenceByClock::RecurrenceByClock(const RecurrenceRule& rule, local_seconds start)
    : days_(rule, floor<days>(start)),
      anchor_(floor<minutes>(start)),
      step_(rule.interval),
      hourly_(rule.frequency == Frequency::Hourly),
      hours_(rule.hours),
      minutes_(minutes_of(rule, start - floor<days>(start))),
      second_(rule.second ? seconds(*rule.second) : start - floor<minutes>(start)),
      each_time_shown_(hours_.none() && (!hourly_ || rule.interval == 1)) {
  if (hours_.none()) hours_.set();
  if (hourly_) {
    anchor_ = floor<hours>(start);
    step_ = hours(rule.interval);
  }
  possible_ = possible();
}

bool RecurrenceByClock::possible() const {
  // Steps come to each minute of some day that differs by a multiple of this from the anchor.
  const minutes common{std::gcd(step_.count(), minutes(days(1)).count())};
  for (std::size_t h = 0; h < hours_.size(); ++h) {
    for (std::size_t m = 0; m < minutes_.size(); ++m) {
      if (!hours_[h] || !minutes_[m]) continue;
      const minutes at = hourly_ ? hours(h) : hours(h) + minutes(m);
      if ((at - anchor_.time_since_epoch()) % common == minutes(0)) return true;
    }
  }
  return false;
}

std::optional<local_seconds> RecurrenceByClock::next(local_seconds from) const {
  if (!possible_) return std::nullopt;
  const local_time<minutes> start = ceil<minutes>(from - second_);
  const local_days first = floor<days>(start);
  for (local_days day = first; day <= first + MostDays; day += days(1)) {
    if (!days_.admits(day)) continue;
    const auto minute = in_day(day, day == first ? start - day : minutes(0));
    if (minute) return day + *minute + second_;
  }
  return std::nullopt;
}

std::optional<minutes> RecurrenceByClock::in_day(local_days day, minutes from) const {
  const minutes begin = hourly_ ? floor<hours>(from) : from;
  for (minutes at = begin + rest_of(anchor_ - (day + begin), step_); at < hours(24); at += step_) {
    const hours hour = floor<hours>(at);
    if (!hours_[static_cast<std::size_t>(hour.count())]) continue;
    if (hourly_) {
      if (const auto found = in_hour(hour, std::max(from, at))) return found;
    } else if (minutes_[static_cast<std::size_t>((at - hour).count())]) {
      return at;
    }
  }
  return std::nullopt;
}

std::optional<minutes> RecurrenceByClock::in_hour(hours hour, minutes from) const {
  for (auto m = static_cast<std::size_t>((from - hour).count()); m < minutes_.size(); ++m) {
    if (minutes_[m]) return hour + minutes(m);
  }
  return std::nullopt;
}

}  // namespace portico::notify::schedule
