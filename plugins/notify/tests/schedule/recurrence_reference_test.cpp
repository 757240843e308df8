// SPDX-License-Identifier: Apache-2.0
// Random rules against libical, by the calendar alone: in UTC.
#include "times.h"

#include <random>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>
#include <libical/ical.h>

namespace portico::notify {
namespace {

using Times = std::vector<std::string>;

class Rules {
 public:
  explicit Rules(unsigned seed) : random_(seed) {}

  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  /// One that libical reads as RFC 5545 has it, and that it comes to an end with.
  std::string rule() {
    static constexpr const char* Frequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"};
    const unsigned kind = below(5);
    std::string text = std::string("FREQ=") + Frequencies[kind];
    if (below(2) == 0) text += ";INTERVAL=" + std::to_string(1 + below(5));
    if (kind == 1 && below(2) == 0) text += ";WKST=SU";
    if (kind == 4) return text + (below(2) == 0 ? ";BYMINUTE=" + list(0, 59) : "");
    bool restricted = false;
    const bool in_months = below(3) == 0;
    if (in_months) text += ";BYMONTH=" + list(1, 12);
    // BYMONTHDAY of a year is of each month for us, and of the start's month for libical.
    if (kind != 1 && (kind != 3 || in_months) && below(3) == 0) {
      // Days from the back libical knows of a month and a year alone.
      text += ";BYMONTHDAY=" + list(1, 14) + (kind >= 2 && below(2) == 0 ? ",-" + list(1, 14) : "");
      restricted = true;
    } else if (below(2) == 0) {
      text += ";BYDAY=" + days(kind >= 2);
      restricted = true;
    }
    // Libical chooses of the days by position, and RFC 5545 of days and hours together.
    if (restricted && kind >= 2 && below(3) == 0) {
      text += below(2) == 0 ? ";BYSETPOS=1" : ";BYSETPOS=-1";
    } else if (below(3) == 0) {
      text += ";BYHOUR=" + list(0, 23);
    }
    return text;
  }

 private:
  /// Ascending: libical goes through them as they stand.
  std::string list(unsigned least, unsigned most) {
    const unsigned first = least + below(most - least + 1);
    const unsigned second = first + below(most - first + 1);
    return std::to_string(first) + (first == second ? "" : "," + std::to_string(second));
  }
  std::string days(bool numbered) {
    static constexpr const char* Weekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    std::string text;
    // Each once: libical brings a day as often as the rule names it.
    for (const char* const weekday : Weekdays) {
      // Of every other week, libical takes the Sunday from another one.
      if (below(3) > 0 || (!numbered && weekday == Weekdays[6])) continue;
      if (!text.empty()) text += ',';
      if (numbered && below(2) == 0) {
        text += (below(2) == 0 ? "-" : "") + std::to_string(1 + below(4));
      }
      text += weekday;
    }
    return text.empty() ? "WE" : text;
  }

  std::mt19937 random_;
};

std::string text_of(const icaltimetype& time) {
  using namespace std::chrono;
  const sys_days date = year(time.year) / month(static_cast<unsigned>(time.month)) /
                        day(static_cast<unsigned>(time.day));
  return notify::text_of(date.time_since_epoch() + hours(time.hour) + minutes(time.minute) +
                         seconds(time.second));
}

Times by_libical(const std::string& rule, const char* start, std::size_t count) {
  Times times;
  icalrecurrencetype parsed = icalrecurrencetype_from_string(rule.c_str());
  icalrecur_iterator* const iterator = icalrecur_iterator_new(parsed, icaltime_from_string(start));
  if (iterator == nullptr) return times;
  while (times.size() < count) {
    const icaltimetype next = icalrecur_iterator_next(iterator);
    if (icaltime_is_null_time(next) != 0 || next.year > 2090) break;
    times.push_back(text_of(next));
  }
  icalrecur_iterator_free(iterator);
  return times;
}

TEST(RecurrenceReference, AgreesWithLibical) {
  icalerror_set_errors_are_fatal(0);
  Rules rules(5);
  int compared = 0;
  for (int i = 0; i < 800; ++i) {
    const std::string rule = rules.rule();
    const auto made = Schedule::rrule(rule, utc("2026-01-31 09:15:30"), "UTC");
    // What never comes keeps libical busy for a long time.
    if (std::holds_alternative<ScheduleFault>(made)) continue;
    const Times expected = by_libical(rule, "20260131T091530Z", 12);
    ASSERT_EQ(times_after(std::get<Schedule>(made), "2026-01-31 00:00", expected.size()), expected)
        << rule;
    compared += expected.empty() ? 0 : 1;
  }
  EXPECT_GT(compared, 600);
}

}  // namespace
}  // namespace portico::notify
