// SPDX-License-Identifier: Apache-2.0
#include "schedule/cron.h"

#include "times.h"

#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Times = std::vector<std::string>;

void expect_refused(const std::string& line) {
  const auto made = Schedule::cron(line, "UTC");
  const auto* const fault = std::get_if<ScheduleFault>(&made);
  ASSERT_NE(fault, nullptr) << line;
  EXPECT_TRUE(fault->sentence.ends_with('.')) << fault->sentence;
}

TEST(Cron, ComesAtItsMinute) {
  EXPECT_EQ(times_after(cron("30 9 * * *"), "2026-01-31 09:29", 3),
            (Times{"2026-01-31 09:30", "2026-02-01 09:30", "2026-02-02 09:30"}));
  EXPECT_EQ(times_after(cron("30 9 * * *"), "2026-01-31 09:30", 1), (Times{"2026-02-01 09:30"}));
}

TEST(Cron, IsStrictlyAfterPartsOfASecond) {
  const Schedule daily = cron("0 9 * * *");
  const auto nine = utc("2026-01-31 09:00");
  EXPECT_EQ(daily.next_after(nine - std::chrono::microseconds(1)), nine);
  EXPECT_EQ(text_of(*daily.next_after(nine + std::chrono::microseconds(1))), "2026-02-01 09:00");
}

TEST(Cron, ReadsListsRangesStepsAndNames) {
  EXPECT_EQ(times_after(cron("5,10-12,*/30 8 * * *"), "2026-01-01 00:00", 6),
            (Times{"2026-01-01 08:00", "2026-01-01 08:05", "2026-01-01 08:10", "2026-01-01 08:11",
                   "2026-01-01 08:12", "2026-01-01 08:30"}));
  EXPECT_EQ(
      times_after(cron("0 1-10/4 1 jan,Jul *"), "2026-01-01 02:00", 4),
      (Times{"2026-01-01 05:00", "2026-01-01 09:00", "2026-07-01 01:00", "2026-07-01 05:00"}));
  EXPECT_EQ(
      times_after(cron("\t0  0 * *   MON-wed "), "2026-01-01 00:00", 4),
      (Times{"2026-01-05 00:00", "2026-01-06 00:00", "2026-01-07 00:00", "2026-01-12 00:00"}));
}

TEST(Cron, KnowsSundayTwice) {
  for (const char* const line : {"0 0 * * 0", "0 0 * * 7", "0 0 * * SUN", "@weekly"}) {
    EXPECT_EQ(times_after(cron(line), "2026-01-01 00:00", 2),
              (Times{"2026-01-04 00:00", "2026-01-11 00:00"}))
        << line;
  }
  EXPECT_EQ(
      times_after(cron("0 0 * * FRI-SUN"), "2026-01-01 00:00", 4),
      (Times{"2026-01-02 00:00", "2026-01-03 00:00", "2026-01-04 00:00", "2026-01-09 00:00"}));
  EXPECT_EQ(times_after(cron("0 0 * * 5-7"), "2026-01-01 00:00", 3),
            (Times{"2026-01-02 00:00", "2026-01-03 00:00", "2026-01-04 00:00"}));
}

TEST(Cron, KnowsItsNames) {
  EXPECT_EQ(times_after(cron("@yearly"), "2026-01-01 00:00", 1), (Times{"2027-01-01 00:00"}));
  EXPECT_EQ(times_after(cron("@annually"), "2026-01-01 00:00", 1), (Times{"2027-01-01 00:00"}));
  EXPECT_EQ(times_after(cron("@monthly"), "2026-01-01 00:00", 1), (Times{"2026-02-01 00:00"}));
  EXPECT_EQ(times_after(cron(" @Daily "), "2026-01-01 00:00", 1), (Times{"2026-01-02 00:00"}));
  EXPECT_EQ(times_after(cron("@midnight"), "2026-01-01 00:00", 1), (Times{"2026-01-02 00:00"}));
  EXPECT_EQ(times_after(cron("@hourly"), "2026-01-01 00:00", 1), (Times{"2026-01-01 01:00"}));
}

// Both kinds of day restricted: one of them is enough.
TEST(Cron, ComesOnTheDayOfMonthOrOfWeek) {
  EXPECT_EQ(times_after(cron("0 0 13 * FRI"), "2026-02-01 00:00", 6),
            (Times{"2026-02-06 00:00", "2026-02-13 00:00", "2026-02-20 00:00", "2026-02-27 00:00",
                   "2026-03-06 00:00", "2026-03-13 00:00"}));
}

// A field that begins with * is not restricted: both count.
TEST(Cron, ComesOnBothWhereOneIsAStar) {
  EXPECT_EQ(times_after(cron("0 0 */10 * MON"), "2026-01-01 00:00", 3),
            (Times{"2026-05-11 00:00", "2026-06-01 00:00", "2026-08-31 00:00"}));
}

TEST(Cron, WaitsForLeapYears) {
  EXPECT_EQ(times_after(cron("0 12 29 2 *"), "2026-01-01 00:00", 2),
            (Times{"2028-02-29 12:00", "2032-02-29 12:00"}));
  EXPECT_EQ(times_after(cron("0 12 29 2 *"), "2096-02-29 12:00", 1), (Times{"2104-02-29 12:00"}));
  EXPECT_EQ(times_after(cron("0 12 29 2 */7"), "2088-02-29 12:00", 1), (Times{"2128-02-29 12:00"}));
}

TEST(Cron, RefusesDaysThatNeverCome) {
  expect_refused("0 0 30 2 *");
  expect_refused("0 0 31 2,4,6,9,11 *");
  expect_refused("0 0 31 APR */2");
  EXPECT_EQ(times_after(cron("0 0 30 2 MON"), "2026-01-01 00:00", 1), (Times{"2026-02-02 00:00"}));
  EXPECT_EQ(times_after(cron("0 0 31 2,3 *"), "2026-01-01 00:00", 1), (Times{"2026-03-31 00:00"}));
}

TEST(Cron, RefusesWhatIsNoLine) {
  for (const char* const line : {"",
                                 " ",
                                 "* * * *",
                                 "* * * * * *",
                                 "@reboot",
                                 "@often",
                                 "60 * * * *",
                                 "* 24 * * *",
                                 "* * 0 * *",
                                 "* * 32 * *",
                                 "* * * 0 *",
                                 "* * * 13 *",
                                 "* * * * 8",
                                 "-1 * * * *",
                                 "1- * * * *",
                                 "-5 * * * *",
                                 "5-1 * * * *",
                                 "* * * * SAT-MON",
                                 "1,,2 * * * *",
                                 ",1 * * * *",
                                 "1, * * * *",
                                 "*/0 * * * *",
                                 "*/60 * * * *",
                                 "5/10 * * * *",
                                 "5-5/1 * * * *",
                                 "*/ * * * *",
                                 "*/5/5 * * * *",
                                 "** * * * *",
                                 "*5 * * * *",
                                 "*-5 * * * *",
                                 "? * * * *",
                                 "* * L * *",
                                 "* * 1W * *",
                                 "* * * * 5#1",
                                 "* * * JANUARY *",
                                 "MON * * * *",
                                 "* * * * JAN",
                                 "+1 * * * *",
                                 "0x1 * * * *",
                                 "1.5 * * * *",
                                 "1e1 * * * *",
                                 "9999999 * * * *",
                                 "*\n* * * *",
                                 "* * * * *\n"}) {
    expect_refused(line);
  }
  expect_refused(std::string("* * * * *\0", 10));
  expect_refused("* * * * *" + std::string(300, ' '));
}

TEST(Cron, IsInAZone) {
  EXPECT_EQ(times_after(cron("0 9 * * *", "Asia/Kolkata"), "2026-01-01 00:00", 1),
            (Times{"2026-01-01 03:30"}));
  EXPECT_TRUE(std::holds_alternative<ScheduleFault>(Schedule::cron("0 9 * * *", "Europe/Munich")));
}

TEST(Cron, EndsWithTheCalendar) {
  EXPECT_FALSE(cron("* * * * *").next_after(std::chrono::microseconds::max()));
  EXPECT_EQ(text_of(*cron("0 0 * * *").next_after(std::chrono::microseconds::min())),
            "1900-01-02 00:00");
}

}  // namespace
}  // namespace portico::notify
