// SPDX-License-Identifier: Apache-2.0
// Random lines of cron against a reference that goes from one minute to the next, and asks the C
// library what the clock shows.
#include "times.h"

#include <array>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr int Margin = 180;  // Minutes: no clock in these zones is put back by more.

/// One field as a list of numbers, and as text.
struct Field {
  std::string text;
  std::array<bool, 60> has{};
  bool star = false;
};

class Lines {
 public:
  explicit Lines(unsigned seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  Field field(int least, int most) {
    Field made;
    switch (below(4)) {
      case 0:
      case 1: range(made, least, most, 1, "*"); break;
      case 2: {
        const int step = 1 + below(most - least);
        range(made, least, most, step, "*/" + std::to_string(step));
        break;
      }
      default: list(made, least, most);
    }
    made.star = made.text.starts_with('*');
    return made;
  }

 private:
  static void range(Field& made, int from, int to, int step, const std::string& text) {
    if (!made.text.empty()) made.text += ',';
    made.text += text;
    for (int n = from; n <= to; n += step) made.has[static_cast<std::size_t>(n)] = true;
  }
  void list(Field& made, int least, int most) {
    for (int i = 0, count = 1 + below(3); i < count; ++i) {
      const int from = least + below(most - least + 1);
      const int to = below(2) == 0 ? from : from + below(most - from + 1);
      range(made, from, to, 1,
            from == to ? std::to_string(from) : std::to_string(from) + "-" + std::to_string(to));
    }
  }

  std::mt19937 random_;
};

struct Line {
  Field minute, hour, day, month, weekday;

  [[nodiscard]] std::string text() const {
    return minute.text + " " + hour.text + " " + day.text + " " + month.text + " " + weekday.text;
  }
  [[nodiscard]] bool shows(const std::tm& clock) const {
    const auto in = [](const Field& field, int n) {
      return field.has[static_cast<std::size_t>(n)];
    };
    const bool of_month = in(day, clock.tm_mday);
    const bool of_week = in(weekday, clock.tm_wday) || (clock.tm_wday == 0 && in(weekday, 7));
    const bool of_day = day.star || weekday.star ? of_month && of_week : of_month || of_week;
    return in(minute, clock.tm_min) && in(hour, clock.tm_hour) && in(month, clock.tm_mon + 1) &&
           of_day;
  }
  [[nodiscard]] bool each_hour() const {
    for (std::size_t h = 0; h < 24; ++h) {
      if (!hour.has[h]) return false;
    }
    return true;
  }
};

/// What the clock shows, as minutes of a calendar without zones.
std::time_t shown_minute(std::time_t time, std::tm& clock) {
  localtime_r(&time, &clock);
  std::tm copy = clock;
  return timegm(&copy) / 60;
}

/// Each minute in which it comes, of `count` minutes from `begin` on.
std::vector<std::time_t> reference(const Line& line, std::time_t begin, int count) {
  std::vector<std::time_t> found;
  std::tm clock{};
  std::time_t most = 0;  // The latest that was shown so far.
  std::time_t before = shown_minute(begin - Margin * 60, clock) - 1;
  for (std::time_t time = begin - Margin * 60; time < begin + count * 60; time += 60) {
    const std::time_t shown = shown_minute(time, clock);
    bool comes = line.shows(clock);
    if (!line.each_hour()) {
      comes = comes && shown > most;
      for (std::time_t left_out = before + 1; left_out < shown; ++left_out) {
        const std::time_t moment = left_out * 60;
        std::tm calendar{};
        gmtime_r(&moment, &calendar);
        comes = comes || line.shows(calendar);
      }
    }
    most = std::max(most, shown);
    before = shown;
    if (comes && time > begin) found.push_back(time);
  }
  return found;
}

void compare(const char* zone, unsigned seed, std::time_t around, int days, int rounds) {
  setenv("TZ", zone, 1);
  tzset();
  Lines lines(seed);
  for (int round = 0; round < rounds; ++round) {
    Line line{lines.field(0, 59), lines.field(0, 23), lines.field(1, 31), lines.field(1, 12),
              lines.field(0, 7)};
    const auto made = Schedule::cron(line.text(), zone);
    if (std::holds_alternative<ScheduleFault>(made)) continue;  // It never comes.
    const auto& schedule = std::get<Schedule>(made);
    const std::time_t begin = around - days * 43200 - lines.below(7200) * 60;
    std::vector<std::time_t> found;
    const int count = days * 1440;
    auto next = schedule.next_after(seconds(begin));
    while (next && *next < seconds(begin + count * 60)) {
      found.push_back(std::chrono::floor<seconds>(*next).count());
      next = schedule.next_after(*next);
    }
    ASSERT_EQ(found, reference(line, begin, count))
        << line.text() << " in " << zone << " from " << text_of(seconds(begin));
  }
  unsetenv("TZ");
  tzset();
}

std::time_t at(const char* text) { return std::chrono::floor<seconds>(utc(text)).count(); }

TEST(CronReference, AgreesInBerlin) {
  compare("Europe/Berlin", 1, at("2026-03-29 01:00"), 12, 60);
  compare("Europe/Berlin", 2, at("2026-10-25 01:00"), 12, 60);
}

TEST(CronReference, AgreesInNewYork) {
  compare("America/New_York", 3, at("2026-03-08 07:00"), 12, 60);
  compare("America/New_York", 4, at("2026-11-01 06:00"), 12, 60);
}

TEST(CronReference, AgreesOnLordHoweIsland) {
  compare("Australia/Lord_Howe", 5, at("2026-10-03 15:30"), 12, 60);
  compare("Australia/Lord_Howe", 6, at("2026-04-04 15:00"), 12, 60);
}

TEST(CronReference, AgreesOverYears) {
  compare("Europe/Berlin", 7, at("2028-02-29 12:00"), 700, 3);
  compare("America/New_York", 8, at("2100-02-28 12:00"), 700, 3);
}

}  // namespace
}  // namespace portico::notify
