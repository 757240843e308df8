// SPDX-License-Identifier: Apache-2.0
#include "times.h"

#include <cstdio>
#include <stdexcept>
#include <variant>

namespace portico::notify {
namespace {

Schedule accepted(std::variant<Schedule, ScheduleFault> made) {
  if (const auto* const fault = std::get_if<ScheduleFault>(&made)) {
    throw std::runtime_error(fault->sentence);
  }
  return std::get<Schedule>(made);
}

}  // namespace

using namespace std::chrono;

microseconds utc(std::string_view text) {
  int y = 0, h = 0, min = 0, s = 0;
  unsigned m = 0, d = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%d-%u-%u %d:%d:%d", &y, &m, &d, &h, &min, &s) < 5) {
    throw std::invalid_argument(copy);
  }
  return sys_days(year(y) / month(m) / day(d)).time_since_epoch() + hours(h) + minutes(min) +
         seconds(s);
}

std::string text_of(microseconds time) {
  const sys_seconds at(floor<seconds>(time));
  const year_month_day date(floor<days>(at));
  const hh_mm_ss clock(at - floor<days>(at));
  char text[64];
  (void)std::snprintf(text, sizeof(text), "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()));
  std::string written(text);
  if (clock.seconds() != 0s) written += ":" + std::to_string(clock.seconds().count());
  return written;
}

Schedule cron(std::string_view line, std::string_view zone) {
  return accepted(Schedule::cron(line, zone));
}

Schedule rrule(std::string_view text, std::string_view start, std::string_view zone) {
  return accepted(Schedule::rrule(text, utc(start), zone));
}

std::vector<std::string> times_after(const Schedule& schedule, std::string_view after,
                                     std::size_t count) {
  std::vector<std::string> times;
  auto next = schedule.next_after(utc(after));
  while (next && times.size() < count) {
    times.push_back(text_of(*next));
    next = schedule.next_after(*next);
  }
  return times;
}

}  // namespace portico::notify
