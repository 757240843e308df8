// SPDX-License-Identifier: Apache-2.0
#include "condition/clock_time.h"

#include <limits>

#include <gtest/gtest.h>

namespace portico::rbac::condition {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr int hour(int hours) { return hours * 60; }

TEST(ConditionHours, CountFromTheFirstMinuteAndNotTheLast) {
  const Hours day{hour(8), hour(18), 0};
  EXPECT_FALSE(day.contain(8h - 1us));
  EXPECT_TRUE(day.contain(8h));
  EXPECT_TRUE(day.contain(18h - 1us));
  EXPECT_FALSE(day.contain(18h));
}

TEST(ConditionHours, SpanMidnight) {
  const Hours night{hour(22), hour(6), 0};
  EXPECT_FALSE(night.contain(22h - 1us));
  EXPECT_TRUE(night.contain(22h));
  EXPECT_TRUE(night.contain(24h));
  EXPECT_TRUE(night.contain(30h - 1us));
  EXPECT_FALSE(night.contain(30h));
}

TEST(ConditionHours, EndAtMidnight) {
  const Hours evening{hour(22), 0, 0};
  EXPECT_TRUE(evening.contain(24h - 1us));
  EXPECT_FALSE(evening.contain(24h));
}

TEST(ConditionHours, FollowTheOffset) {
  const Hours east{hour(22), hour(6), hour(1)};
  EXPECT_TRUE(east.contain(21h));
  EXPECT_FALSE(east.contain(5h));
  const Hours west{hour(8), hour(9), -hour(14)};
  EXPECT_TRUE(west.contain(22h));
  EXPECT_FALSE(west.contain(23h));
}

TEST(ConditionClock, KnowsTheDayOfTheWeek) {
  EXPECT_EQ(clock_time(0us, 0).weekday, 3);   // 1970-01-01, a Thursday.
  EXPECT_EQ(clock_time(0us, -1).weekday, 2);  // Still Wednesday to the west.
  EXPECT_EQ(clock_time(24h - 1us, 0).weekday, 3);
  EXPECT_EQ(clock_time(24h - 1us, 1).weekday, 4);
  EXPECT_EQ(clock_time(-1us, 0).weekday, 2);
  EXPECT_EQ(clock_time(-1us, 0).minute, MinutesOfDay - 1);
  EXPECT_EQ(clock_time(microseconds(1'764'523'800'000'000), 0).weekday, 6);  // 2025-11-30.
  EXPECT_EQ(clock_time(microseconds(1'764'523'800'000'000), 0).minute, 17 * 60 + 30);
}

TEST(ConditionClock, StandsAnyTime) {
  for (const auto time : {microseconds::min(), microseconds::max()}) {
    for (const int offset : {-14 * 60, 0, 14 * 60}) {
      const ClockTime shown = clock_time(time, offset);
      EXPECT_TRUE(shown.weekday >= 0 && shown.weekday < 7);
      EXPECT_TRUE(shown.minute >= 0 && shown.minute < MinutesOfDay);
    }
  }
}

TEST(ConditionWeekdays, HoldEachDayOnItsOwn) {
  for (int day = 0; day < 7; ++day) {
    const Weekdays only{static_cast<std::uint8_t>(1U << static_cast<unsigned>(day)), 0};
    for (int other = 0; other < 7; ++other) {
      EXPECT_EQ(only.contain(24h * (other + 4)), day == other) << day << ' ' << other;
    }
  }
}

TEST(ConditionClock, ReadsMinutesOffsetsAndDays) {
  EXPECT_EQ(parse_minute("00:00"), 0);
  EXPECT_EQ(parse_minute("23:59"), MinutesOfDay - 1);
  EXPECT_EQ(parse_offset("Z"), 0);
  EXPECT_EQ(parse_offset("+00:00"), 0);
  EXPECT_EQ(parse_offset("+14:00"), 14 * 60);
  EXPECT_EQ(parse_offset("-09:30"), -570);
  EXPECT_EQ(parse_weekday("mon"), 0);
  EXPECT_EQ(parse_weekday("sun"), 6);
  for (const int offset : {0, 1, -1, 840, -840, 345}) {
    EXPECT_EQ(parse_offset(text_of_offset(offset)), offset);
  }
}

TEST(ConditionClock, RefusesAnotherForm) {
  for (const char* const text : {"", "24:00", "23:60", "8:00", "08:0", "08.00", "0800", "08:00:00",
                                 " 8:00", "+8:00", "-1:00", "ab:cd", "\xC2\xB2:00"}) {
    EXPECT_FALSE(parse_minute(text)) << text;
  }
  for (const char* const text :
       {"", "z", "+14:01", "-14:01", "+1:00", "01:00", "+01", "+0100", "UTC", "+99:00", "+-1:00"}) {
    EXPECT_FALSE(parse_offset(text)) << text;
  }
  for (const char* const text : {"", "Mon", "monday", "mo", "mon "}) {
    EXPECT_FALSE(parse_weekday(text)) << text;
  }
}

}  // namespace
}  // namespace portico::rbac::condition
