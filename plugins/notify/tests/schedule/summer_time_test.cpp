// SPDX-License-Identifier: Apache-2.0
// Case 152: a reminder at a time that the clock leaves out, or shows twice, comes once.
#include "times.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Times = std::vector<std::string>;

constexpr const char* Berlin = "Europe/Berlin";          // 2026-03-29 and 2026-10-25, 01:00 UTC
constexpr const char* NewYork = "America/New_York";      // 2026-03-08 07:00, 2026-11-01 06:00 UTC
constexpr const char* LordHowe = "Australia/Lord_Howe";  // Half an hour: 2026-10-03 15:30 UTC,
                                                         // and back at 2026-04-04 15:00 UTC

TEST(SummerTime, BerlinLeavesOutHalfPastTwo) {
  const Times expected{"2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"};
  EXPECT_EQ(times_after(cron("30 2 * * *", Berlin), "2026-03-28 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-01-01 01:30", Berlin), "2026-03-28 00:00", 3),
            expected);
}

TEST(SummerTime, BerlinShowsHalfPastTwoTwice) {
  const Times expected{"2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"};
  EXPECT_EQ(times_after(cron("30 2 * * *", Berlin), "2026-10-24 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-01-01 01:30", Berlin), "2026-10-24 00:00", 3),
            expected);
}

TEST(SummerTime, NewYorkLeavesOutHalfPastTwo) {
  const Times expected{"2026-03-07 07:30", "2026-03-08 07:00", "2026-03-09 06:30"};
  EXPECT_EQ(times_after(cron("30 2 * * *", NewYork), "2026-03-07 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-01-01 07:30", NewYork), "2026-03-07 00:00", 3),
            expected);
}

TEST(SummerTime, NewYorkShowsHalfPastOneTwice) {
  const Times expected{"2026-10-31 05:30", "2026-11-01 05:30", "2026-11-02 06:30"};
  EXPECT_EQ(times_after(cron("30 1 * * *", NewYork), "2026-10-31 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-01-01 06:30", NewYork), "2026-10-31 00:00", 3),
            expected);
}

TEST(SummerTime, LordHoweLeavesOutAQuarterPastTwo) {
  const Times expected{"2026-10-02 15:45", "2026-10-03 15:30", "2026-10-04 15:15"};
  EXPECT_EQ(times_after(cron("15 2 * * *", LordHowe), "2026-10-02 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-06-01 15:45", LordHowe), "2026-10-02 00:00", 3),
            expected);
}

TEST(SummerTime, LordHoweShowsAQuarterToTwoTwice) {
  const Times expected{"2026-04-03 14:45", "2026-04-04 14:45", "2026-04-05 15:15"};
  EXPECT_EQ(times_after(cron("45 1 * * *", LordHowe), "2026-04-03 00:00", 3), expected);
  EXPECT_EQ(times_after(rrule("FREQ=DAILY", "2026-01-01 14:45", LordHowe), "2026-04-03 00:00", 3),
            expected);
}

TEST(SummerTime, ComesOnceForAllThatIsLeftOut) {
  EXPECT_EQ(times_after(cron("*/10 2,3 * * *", Berlin), "2026-03-29 00:00", 3),
            (Times{"2026-03-29 01:00", "2026-03-29 01:10", "2026-03-29 01:20"}));
  EXPECT_EQ(times_after(cron("0,30 2 * * *", Berlin), "2026-03-29 00:00", 2),
            (Times{"2026-03-29 01:00", "2026-03-30 00:00"}));
}

TEST(SummerTime, DoesNotComeAgainFromWithinTheHourThatIsRepeated) {
  const Schedule nightly = cron("30 2 * * *", Berlin);
  EXPECT_EQ(times_after(nightly, "2026-10-25 01:00", 1), (Times{"2026-10-26 01:30"}));
  EXPECT_EQ(times_after(nightly, "2026-10-25 01:15", 1), (Times{"2026-10-26 01:30"}));
  EXPECT_EQ(times_after(nightly, "2026-10-25 00:30", 1), (Times{"2026-10-26 01:30"}));
}

TEST(SummerTime, LeavesEachRealHourAlone) {
  for (const Schedule& hourly :
       {cron("30 * * * *", Berlin), rrule("FREQ=HOURLY", "2026-01-01 00:30", Berlin)}) {
    EXPECT_EQ(times_after(hourly, "2026-03-29 00:00", 3),
              (Times{"2026-03-29 00:30", "2026-03-29 01:30", "2026-03-29 02:30"}));
    EXPECT_EQ(times_after(hourly, "2026-10-25 00:00", 3),
              (Times{"2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 02:30"}));
  }
}

TEST(SummerTime, LeavesEachTwentyRealMinutesAlone) {
  for (const Schedule& often : {cron("*/20 * * * *", Berlin),
                                rrule("FREQ=MINUTELY;INTERVAL=20", "2026-01-01 00:00", Berlin)}) {
    EXPECT_EQ(
        times_after(often, "2026-10-25 00:30", 4),
        (Times{"2026-10-25 00:40", "2026-10-25 01:00", "2026-10-25 01:20", "2026-10-25 01:40"}));
    EXPECT_EQ(times_after(often, "2026-03-29 00:30", 3),
              (Times{"2026-03-29 00:40", "2026-03-29 01:00", "2026-03-29 01:20"}));
  }
}

// What is counted, or names its hours, stands in the calendar once.
TEST(SummerTime, CountsEachTimeOfTheCalendarOnce) {
  EXPECT_EQ(
      times_after(rrule("FREQ=HOURLY;COUNT=4", "2026-10-24 23:00", Berlin), "2026-10-24 22:00", 9),
      (Times{"2026-10-24 23:00", "2026-10-25 00:00", "2026-10-25 02:00", "2026-10-25 03:00"}));
  EXPECT_EQ(
      times_after(rrule("FREQ=HOURLY;BYHOUR=2", "2026-10-24 00:00", Berlin), "2026-10-24 12:00", 2),
      (Times{"2026-10-25 00:00", "2026-10-26 01:00"}));
}

// Samoa left out a whole day.
TEST(SummerTime, ComesRightAfterADayThatWasLeftOut) {
  EXPECT_EQ(times_after(cron("0 9 * * *", "Pacific/Apia"), "2011-12-29 18:00", 3),
            (Times{"2011-12-29 19:00", "2011-12-30 10:00", "2011-12-30 19:00"}));
}

}  // namespace
}  // namespace portico::notify
