// SPDX-License-Identifier: Apache-2.0
// Most rules are from RFC 5545 §3.8.5.3, with its start: 1997-09-02 09:00 in New York, 13:00 UTC.
#include "times.h"

#include <chrono>
#include <ctime>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Times = std::vector<std::string>;

/// By the clock of New York, without the hour where it is nine.
Times days(std::string_view rule, std::size_t count, const char* start = "1997-09-02 13:00") {
  const Schedule schedule = rrule(rule, start, "America/New_York");
  Times found;
  for (const std::string& time : times_after(schedule, "1997-01-01 00:00", count)) {
    found.push_back(time.substr(0, 10));
  }
  return found;
}

void expect_refused(const std::string& rule) {
  const auto made = Schedule::rrule(rule, utc("2026-01-31 09:00"), "UTC");
  const auto* const fault = std::get_if<ScheduleFault>(&made);
  ASSERT_NE(fault, nullptr) << rule;
  EXPECT_TRUE(fault->sentence.ends_with('.')) << fault->sentence;
}

TEST(Recurrence, EndsAfterItsCount) {
  const Schedule ten = rrule("FREQ=DAILY;COUNT=10", "1997-09-02 13:00", "America/New_York");
  const Times all = times_after(ten, "1997-01-01 00:00", 99);
  ASSERT_EQ(all.size(), 10U);
  EXPECT_EQ(all.front(), "1997-09-02 13:00");
  EXPECT_EQ(all.back(), "1997-09-11 13:00");
}

// Counted to the end, these go on for longer than years can be counted.
TEST(Recurrence, IsCountedForAHundredYears) {
  for (const char* const rule : {"FREQ=YEARLY;COUNT=10000;BYYEARDAY=366;BYDAY=MO;BYSETPOS=1",
                                 "FREQ=YEARLY;COUNT=10000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
                                 "FREQ=YEARLY;COUNT=10000;BYWEEKNO=53;BYDAY=SU;BYMONTH=1",
                                 "FREQ=MONTHLY;COUNT=10000;BYDAY=5MO;BYMONTH=2;BYMONTHDAY=29",
                                 "FREQ=WEEKLY;COUNT=10000;INTERVAL=1000;BYDAY=MO",
                                 "FREQ=HOURLY;COUNT=10000;BYMONTH=2;BYMONTHDAY=29;BYHOUR=3"}) {
    const auto made = Schedule::rrule(rule, utc("2026-01-31 09:00"), "UTC");
    EXPECT_TRUE(std::holds_alternative<Schedule>(made)) << rule;
  }
  EXPECT_EQ(days("FREQ=YEARLY;COUNT=900", 2), (Times{"1997-09-02", "1998-09-02"}));
}

TEST(Recurrence, EndsWithItsLastTime) {
  const auto last = [](const char* until) {
    const Schedule daily =
        rrule("RRULE:FREQ=DAILY;UNTIL=" + std::string(until), "2026-01-01 08:00", "Europe/Berlin");
    return times_after(daily, "2026-01-01 00:00", 99).back();
  };
  EXPECT_EQ(last("20260110T080000Z"), "2026-01-10 08:00");
  EXPECT_EQ(last("20260110T075959Z"), "2026-01-09 08:00");
  EXPECT_EQ(last("20260110T090000"), "2026-01-10 08:00");
  EXPECT_EQ(last("20260110T085959"), "2026-01-09 08:00");
  EXPECT_EQ(last("20260110"), "2026-01-10 08:00");
}

TEST(Recurrence, KeepsTheTimeOfDayOverSummerTime) {
  EXPECT_EQ(times_after(rrule("FREQ=WEEKLY", "1997-10-19 13:00", "America/New_York"),
                        "1997-10-19 00:00", 3),
            (Times{"1997-10-19 13:00", "1997-10-26 14:00", "1997-11-02 14:00"}));
}

TEST(Recurrence, GoesByIntervals) {
  EXPECT_EQ(days("FREQ=DAILY;INTERVAL=10;COUNT=5", 9),
            (Times{"1997-09-02", "1997-09-12", "1997-09-22", "1997-10-02", "1997-10-12"}));
  EXPECT_EQ(days("FREQ=WEEKLY;INTERVAL=2;WKST=SU", 3),
            (Times{"1997-09-02", "1997-09-16", "1997-09-30"}));
  EXPECT_EQ(days("FREQ=MONTHLY;INTERVAL=18;COUNT=4;BYMONTHDAY=10,11", 9, "1997-09-10 13:00"),
            (Times{"1997-09-10", "1997-09-11", "1999-03-10", "1999-03-11"}));
  EXPECT_EQ(days("FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100,200", 4, "1997-01-01 14:00"),
            (Times{"1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01"}));
}

// RFC 5545: the days differ by where the week begins.
TEST(Recurrence, CountsWeeksFromTheirFirstDay) {
  EXPECT_EQ(days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", 9, "1997-08-05 13:00"),
            (Times{"1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"}));
  EXPECT_EQ(days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", 9, "1997-08-05 13:00"),
            (Times{"1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"}));
}

TEST(Recurrence, KnowsDaysByTheirNumber) {
  EXPECT_EQ(days("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", 9, "1997-09-05 13:00"),
            (Times{"1997-09-05", "1997-10-03", "1997-11-07"}));
  EXPECT_EQ(days("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", 9, "1997-09-22 13:00"),
            (Times{"1997-09-22", "1997-10-20", "1997-11-17"}));
  EXPECT_EQ(days("FREQ=MONTHLY;BYMONTHDAY=-3", 3, "1997-09-28 13:00"),
            (Times{"1997-09-28", "1997-10-29", "1997-11-28"}));
  EXPECT_EQ(days("FREQ=YEARLY;BYDAY=20MO", 3, "1997-05-19 13:00"),
            (Times{"1997-05-19", "1998-05-18", "1999-05-17"}));
  EXPECT_EQ(days("FREQ=YEARLY;BYMONTH=3;BYDAY=-1TH", 3, "1997-03-13 14:00"),
            (Times{"1997-03-27", "1998-03-26", "1999-03-25"}));
}

TEST(Recurrence, KnowsWeeksByTheirNumber) {
  EXPECT_EQ(days("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 3, "1997-05-12 13:00"),
            (Times{"1997-05-12", "1998-05-11", "1999-05-17"}));
  EXPECT_EQ(days("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", 2, "1997-05-12 13:00"),
            (Times{"1998-12-28", "2004-12-27"}));
  EXPECT_EQ(days("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=FR", 2, "1997-05-12 13:00"),
            (Times{"1997-12-26", "1999-01-01"}));
}

TEST(Recurrence, IsOnlyWhereAllPartsHold) {
  EXPECT_EQ(days("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 5),
            (Times{"1998-02-13", "1998-03-13", "1998-11-13", "1999-08-13", "2000-10-13"}));
  EXPECT_EQ(days("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 3,
                 "1996-11-05 14:00"),
            (Times{"2000-11-07", "2004-11-02", "2008-11-04"}));
}

TEST(Recurrence, ChoosesByPosition) {
  EXPECT_EQ(days("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", 9, "1997-09-04 13:00"),
            (Times{"1997-09-04", "1997-10-07", "1997-11-06"}));
  EXPECT_EQ(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", 3, "1997-09-29 13:00"),
            (Times{"1997-09-29", "1997-10-30", "1997-11-27"}));
  EXPECT_EQ(times_after(rrule("FREQ=DAILY;BYHOUR=6,12,18;BYSETPOS=-1,1", "2026-01-01 00:00"),
                        "2026-01-01 00:00", 3),
            (Times{"2026-01-01 06:00", "2026-01-01 18:00", "2026-01-02 06:00"}));
  EXPECT_EQ(times_after(rrule("FREQ=HOURLY;BYMINUTE=10,20,30;BYSETPOS=2", "2026-01-01 00:00"),
                        "2026-01-01 00:00", 2),
            (Times{"2026-01-01 00:20", "2026-01-01 01:20"}));
}

TEST(Recurrence, TakesFromItsStartWhatItLeavesOpen) {
  EXPECT_EQ(days("FREQ=MONTHLY", 3, "1997-10-31 14:00"),
            (Times{"1997-10-31", "1997-12-31", "1998-01-31"}));
  EXPECT_EQ(days("FREQ=YEARLY", 2, "1996-02-29 14:00"), (Times{"2000-02-29", "2004-02-29"}));
  EXPECT_EQ(days("FREQ=YEARLY;BYMONTH=1,6", 3, "1997-06-10 13:00"),
            (Times{"1997-06-10", "1998-01-10", "1998-06-10"}));
  EXPECT_EQ(
      times_after(rrule("FREQ=DAILY;BYHOUR=10", "2026-01-01 08:15:30"), "2026-01-01 00:00", 1),
      (Times{"2026-01-01 10:15:30"}));
  EXPECT_EQ(times_after(rrule("FREQ=DAILY;BYMINUTE=5;BYSECOND=7", "2026-01-01 08:15:30"),
                        "2026-01-01 00:00", 1),
            (Times{"2026-01-02 08:05:7"}));
}

TEST(Recurrence, GoesThroughTheHoursOfADay) {
  EXPECT_EQ(times_after(rrule("FREQ=HOURLY;INTERVAL=3;UNTIL=20260101T170000Z", "2026-01-01 09:00"),
                        "2026-01-01 00:00", 9),
            (Times{"2026-01-01 09:00", "2026-01-01 12:00", "2026-01-01 15:00"}));
  EXPECT_EQ(
      times_after(rrule("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "2026-01-01 23:00"),
                  "2026-01-01 00:00", 9),
      (Times{"2026-01-01 23:00", "2026-01-02 00:30", "2026-01-02 02:00", "2026-01-02 03:30"}));
  EXPECT_EQ(times_after(rrule("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,16", "2026-01-01 09:00"),
                        "2026-01-01 09:30", 3),
            (Times{"2026-01-01 09:40", "2026-01-01 16:00", "2026-01-01 16:20"}));
  EXPECT_EQ(times_after(rrule("FREQ=HOURLY;INTERVAL=7;BYDAY=MO;BYMINUTE=0,30", "2026-01-01 00:45"),
                        "2026-01-05 00:00", 3),
            (Times{"2026-01-05 02:00", "2026-01-05 02:30", "2026-01-05 09:00"}));
}

TEST(Recurrence, IsReadInAnyOrderAndCase) {
  EXPECT_EQ(days("byday=mo;freq=weekly;wkst=su", 2), (Times{"1997-09-08", "1997-09-15"}));
  EXPECT_EQ(days("rrule:BYDAY=+1MO;FREQ=MONTHLY", 2), (Times{"1997-10-06", "1997-11-03"}));
}

TEST(Recurrence, RefusesWhatNeverComes) {
  for (const char* const rule :
       {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;INTERVAL=2;BYHOUR=10",
        "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1", "FREQ=DAILY;UNTIL=20250101",
        "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=DAILY;BYHOUR=1;BYSETPOS=2", "FREQ=MINUTELY;BYHOUR=1;BYSETPOS=2",
        "FREQ=YEARLY;INTERVAL=100000;BYMONTH=1;BYMONTHDAY=1"}) {
    expect_refused(rule);
  }
}

// A library counted the minutes up to the year 2582 here, for minutes of our time.
TEST(Recurrence, FindsSoonThatItNeverComes) {
  const std::clock_t begin = std::clock();
  expect_refused("FREQ=MINUTELY;BYYEARDAY=366;BYMONTH=1");
  expect_refused("FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2;BYSETPOS=1");
  expect_refused("FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1,3,5,7,9,11");
  EXPECT_LT(std::clock() - begin, CLOCKS_PER_SEC / 2);
}

TEST(Recurrence, RefusesWhatIsNoRule) {
  for (const char* const rule : {"",
                                 ";",
                                 "FREQ",
                                 "FREQ=",
                                 "FREQ=OFTEN",
                                 "FREQ=SECONDLY",
                                 "FREQ=DAILY;",
                                 ";FREQ=DAILY",
                                 "FREQ=DAILY;;COUNT=1",
                                 "FREQ=DAILY;FREQ=DAILY",
                                 "FREQ=DAILY;COUNT=1;UNTIL=20270101",
                                 "COUNT=1",
                                 "FREQ=DAILY;COUNT=0",
                                 "FREQ=DAILY;COUNT=10001",
                                 "FREQ=DAILY;COUNT=-1",
                                 "FREQ=DAILY;INTERVAL=0",
                                 "FREQ=DAILY;INTERVAL=100001",
                                 "FREQ=DAILY;INTERVAL=1.5",
                                 "FREQ=DAILY;UNTIL=2027",
                                 "FREQ=DAILY;UNTIL=20270230",
                                 "FREQ=DAILY;UNTIL=20270101T250000Z",
                                 "FREQ=DAILY;UNTIL=20270101T000000+0100",
                                 "FREQ=DAILY;UNTIL=2027-01-01",
                                 "FREQ=DAILY;WKST=XX",
                                 "FREQ=DAILY;BYMONTH=0",
                                 "FREQ=DAILY;BYMONTH=13",
                                 "FREQ=DAILY;BYMONTH=-1",
                                 "FREQ=DAILY;BYMONTH=",
                                 "FREQ=DAILY;BYMONTH=1,",
                                 "FREQ=DAILY;BYMONTHDAY=0",
                                 "FREQ=DAILY;BYMONTHDAY=32",
                                 "FREQ=DAILY;BYMONTHDAY=--1",
                                 "FREQ=DAILY;BYHOUR=24",
                                 "FREQ=DAILY;BYMINUTE=60",
                                 "FREQ=DAILY;BYSECOND=60",
                                 "FREQ=DAILY;BYSECOND=0,30",
                                 "FREQ=DAILY;BYDAY=1MO",
                                 "FREQ=WEEKLY;BYDAY=1MO",
                                 "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO",
                                 "FREQ=MONTHLY;BYDAY=0MO",
                                 "FREQ=MONTHLY;BYDAY=54MO",
                                 "FREQ=DAILY;BYDAY=M",
                                 "FREQ=DAILY;BYDAY=MON",
                                 "FREQ=DAILY;BYDAY=",
                                 "FREQ=MONTHLY;BYDAY=1,MO",
                                 "FREQ=MONTHLY;BYDAY=1",
                                 "FREQ=MONTHLY;BYDAY=1,2MO",
                                 "FREQ=WEEKLY;BYMONTHDAY=1",
                                 "FREQ=DAILY;BYYEARDAY=1",
                                 "FREQ=MONTHLY;BYWEEKNO=1",
                                 "FREQ=DAILY;BYSETPOS=1",
                                 "FREQ=DAILY;BYHOUR=1;BYSETPOS=0",
                                 "FREQ=DAILY;RSCALE=GREGORIAN",
                                 "FREQ=DAILY;SKIP=OMIT",
                                 "FREQ=DAILY;X-A=1",
                                 "FREQ=DAILY\nCOUNT=1",
                                 " FREQ=DAILY",
                                 "FREQ =DAILY",
                                 "FREQ=DAILY;EXDATE=20270101"}) {
    expect_refused(rule);
  }
  expect_refused("FREQ=DAILY;BYHOUR=1" + std::string(600, ' '));
}

TEST(Recurrence, RefusesAStartOutsideOfTheCalendar) {
  for (const auto start : {std::chrono::microseconds::min(), std::chrono::microseconds::max(),
                           std::chrono::microseconds(-1)}) {
    EXPECT_TRUE(std::holds_alternative<ScheduleFault>(Schedule::rrule("FREQ=DAILY", start, "UTC")));
  }
  EXPECT_TRUE(std::holds_alternative<ScheduleFault>(
      Schedule::rrule("FREQ=DAILY", utc("2026-01-01 00:00"), "Mars/Olympus")));
}

}  // namespace
}  // namespace portico::notify
