// SPDX-License-Identifier: Apache-2.0
// Case 152: a restart across the time when something was due.
#include "schedule/misfire.h"

#include "times.h"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Times = std::vector<std::string>;
using namespace std::chrono_literals;

struct Told {
  Times fire;
  std::string next;
  bool operator==(const Told&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Told& told) {
  for (const auto& time : told.fire) out << time << ", ";
  return out << "next " << told.next;
}

Told told(const Schedule& schedule, const char* last, std::chrono::microseconds now,
          Misfire misfire, std::size_t limit = 100) {
  const Due due = notify::due(schedule, utc(last), now, misfire, limit);
  Told told{{}, due.next ? text_of(*due.next) : "never"};
  for (const auto time : due.fire) told.fire.push_back(text_of(time));
  return told;
}

constexpr Misfire Rules[] = {Misfire::Skip, Misfire::Once, Misfire::All};

TEST(Misfire, FiresWhatIsOnTimeByEachRule) {
  const Schedule daily = cron("0 9 * * *");
  for (const Misfire rule : Rules) {
    EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-02 08:59:59"), rule),
              (Told{{}, "2026-01-02 09:00"}));
    EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-02 09:00"), rule),
              (Told{{"2026-01-02 09:00"}, "2026-01-03 09:00"}));
    EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-02 09:01"), rule),
              (Told{{"2026-01-02 09:00"}, "2026-01-03 09:00"}));
    EXPECT_EQ(told(daily, "2026-01-02 09:00", utc("2026-01-02 09:01"), rule),
              (Told{{}, "2026-01-03 09:00"}));
  }
}

TEST(Misfire, SkipLeavesOutWhatWasMissed) {
  const Schedule daily = cron("0 9 * * *");
  EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-02 09:01") + 1us, Misfire::Skip),
            (Told{{}, "2026-01-03 09:00"}));
  EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-05 09:00:30"), Misfire::Skip),
            (Told{{"2026-01-05 09:00"}, "2026-01-06 09:00"}));
}

TEST(Misfire, OnceBringsTheFirstThatWasMissed) {
  const Schedule daily = cron("0 9 * * *");
  EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-05 12:00"), Misfire::Once),
            (Told{{"2026-01-02 09:00"}, "2026-01-06 09:00"}));
  EXPECT_EQ(told(daily, "2026-01-01 09:00", utc("2026-01-05 09:00:30"), Misfire::Once),
            (Told{{"2026-01-05 09:00"}, "2026-01-06 09:00"}));
}

TEST(Misfire, AllBringsEachUpToTheLimit) {
  const Schedule daily = cron("0 9 * * *");
  const auto now = utc("2026-01-05 12:00");
  EXPECT_EQ(told(daily, "2026-01-01 09:00", now, Misfire::All),
            (Told{{"2026-01-02 09:00", "2026-01-03 09:00", "2026-01-04 09:00", "2026-01-05 09:00"},
                  "2026-01-06 09:00"}));
  EXPECT_EQ(told(daily, "2026-01-01 09:00", now, Misfire::All, 2),
            (Told{{"2026-01-02 09:00", "2026-01-03 09:00"}, "2026-01-04 09:00"}));
  EXPECT_EQ(told(daily, "2026-01-03 09:00", now, Misfire::All, 2),
            (Told{{"2026-01-04 09:00", "2026-01-05 09:00"}, "2026-01-06 09:00"}));
  EXPECT_THROW((void)due(daily, 0us, 0us, Misfire::All, 0), std::invalid_argument);
}

TEST(Misfire, IsCheapAfterALongTime) {
  const Schedule often = cron("* * * * *");
  EXPECT_EQ(told(often, "1970-01-02 00:00", utc("2026-01-05 12:00:30"), Misfire::Skip),
            (Told{{"2026-01-05 12:00"}, "2026-01-05 12:01"}));
  EXPECT_EQ(told(often, "1970-01-02 00:00", utc("2026-01-05 12:00:30"), Misfire::All, 1),
            (Told{{"1970-01-02 00:01"}, "1970-01-02 00:02"}));
}

TEST(Misfire, FiresNothingTwiceWhereTheClockWasPutBack) {
  for (const Misfire rule : Rules) {
    EXPECT_EQ(told(cron("0 9 * * *"), "2026-01-05 09:00", utc("2026-01-04 12:00"), rule),
              (Told{{}, "2026-01-06 09:00"}));
  }
}

TEST(Misfire, KnowsWhatComesOnce) {
  const Schedule once = Schedule::once(utc("2026-01-02 09:00") + 5us);
  EXPECT_EQ(once.next_after(utc("2026-01-02 09:00")), utc("2026-01-02 09:00") + 5us);
  EXPECT_FALSE(once.next_after(utc("2026-01-02 09:00") + 5us));
  EXPECT_EQ(told(once, "2026-01-01 00:00", utc("2026-01-02 08:00"), Misfire::Skip),
            (Told{{}, "2026-01-02 09:00"}));
  EXPECT_EQ(told(once, "2026-01-01 00:00", utc("2026-01-03 00:00"), Misfire::Skip),
            (Told{{}, "never"}));
  EXPECT_EQ(told(once, "2026-01-01 00:00", utc("2026-01-03 00:00"), Misfire::Once),
            (Told{{"2026-01-02 09:00"}, "never"}));
  EXPECT_EQ(told(once, "2026-01-01 00:00", utc("2026-01-03 00:00"), Misfire::All),
            (Told{{"2026-01-02 09:00"}, "never"}));
}

// Case 152: down over the gap of 02:30; the time right after it is the one that was missed.
TEST(Misfire, KnowsWhatTheClockLeftOut) {
  const Schedule nightly = cron("30 2 * * *", "Europe/Berlin");
  EXPECT_EQ(told(nightly, "2026-03-28 01:30", utc("2026-03-29 12:00"), Misfire::Once),
            (Told{{"2026-03-29 01:00"}, "2026-03-30 00:30"}));
  EXPECT_EQ(told(nightly, "2026-10-25 00:30", utc("2026-10-25 12:00"), Misfire::All),
            (Told{{}, "2026-10-26 01:30"}));
}

}  // namespace
}  // namespace portico::notify
