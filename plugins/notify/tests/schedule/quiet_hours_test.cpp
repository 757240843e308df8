// SPDX-License-Identifier: Apache-2.0
#include "schedule/quiet_hours.h"

#include "schedule/digest.h"
#include "times.h"

#include <random>
#include <stdexcept>
#include <variant>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using namespace std::chrono_literals;

QuietHours quiet(const char* from, const char* to, const char* zone = "UTC") {
  return std::get<QuietHours>(QuietHours::parse(from, to, zone));
}

std::string allowed(const QuietHours& hours, const char* time) {
  return text_of(hours.next_allowed(utc(time)));
}

TEST(QuietHours, GoOverMidnight) {
  const QuietHours night = quiet("22:00", "07:00");
  EXPECT_TRUE(night.allows(utc("2026-01-01 21:59:59")));
  EXPECT_FALSE(night.allows(utc("2026-01-01 22:00")));
  EXPECT_FALSE(night.allows(utc("2026-01-02 00:00")));
  EXPECT_FALSE(night.allows(utc("2026-01-02 06:59:59")));
  EXPECT_TRUE(night.allows(utc("2026-01-02 07:00")));
  EXPECT_EQ(allowed(night, "2026-01-01 21:59:59"), "2026-01-01 21:59:59");
  EXPECT_EQ(allowed(night, "2026-01-01 22:00"), "2026-01-02 07:00");
  EXPECT_EQ(allowed(night, "2026-01-02 03:00"), "2026-01-02 07:00");
  EXPECT_EQ(night.next_allowed(utc("2026-01-02 06:59:59") + 1us), utc("2026-01-02 07:00"));
}

TEST(QuietHours, LieWithinADay) {
  const QuietHours noon = quiet("12:00", "13:30");
  EXPECT_TRUE(noon.allows(utc("2026-01-01 00:00")));
  EXPECT_FALSE(noon.allows(utc("2026-01-01 12:00")));
  EXPECT_EQ(allowed(noon, "2026-01-01 13:29"), "2026-01-01 13:30");
  EXPECT_EQ(allowed(quiet("00:00", "23:59"), "2026-01-01 00:00"), "2026-01-01 23:59");
  EXPECT_EQ(allowed(quiet("23:59", "00:00"), "2026-01-01 23:59:30"), "2026-01-02 00:00");
}

TEST(QuietHours, EndByTheClockOverSummerTime) {
  const QuietHours night = quiet("22:00", "07:00", "Europe/Berlin");
  EXPECT_EQ(allowed(night, "2026-03-28 21:00"), "2026-03-29 05:00");
  EXPECT_EQ(allowed(night, "2026-10-24 20:00"), "2026-10-25 06:00");
}

TEST(QuietHours, EndAfterTheGapThatHoldsTheirEnd) {
  EXPECT_EQ(allowed(quiet("22:00", "02:30", "Europe/Berlin"), "2026-03-28 21:00"),
            "2026-03-29 01:00");
  EXPECT_EQ(allowed(quiet("02:00", "02:30", "Europe/Berlin"), "2026-03-29 00:30"),
            "2026-03-29 00:30");
}

TEST(QuietHours, ComeBackWithTheHourThatIsRepeated) {
  const QuietHours night = quiet("22:00", "02:30", "Europe/Berlin");
  EXPECT_EQ(allowed(night, "2026-10-24 21:00"), "2026-10-25 00:30");
  EXPECT_EQ(allowed(night, "2026-10-25 01:00"), "2026-10-25 01:30");
  EXPECT_EQ(allowed(quiet("02:45", "02:15", "Europe/Berlin"), "2026-10-25 00:50"),
            "2026-10-25 01:15");
}

TEST(QuietHours, AlwaysEnd) {
  std::mt19937 random(3);
  const auto two = [&random](unsigned below) {
    const auto n = static_cast<unsigned>(random() % below);
    return (n < 10 ? "0" : "") + std::to_string(n);
  };
  for (int i = 0; i < 3000; ++i) {
    const std::string from = two(24) + ":" + two(60);
    const std::string to = two(24) + ":" + two(60);
    if (from == to) continue;
    const char* const zone = i % 2 == 0 ? "Australia/Lord_Howe" : "America/New_York";
    const QuietHours hours = quiet(from.c_str(), to.c_str(), zone);
    const auto time = utc("2026-01-01 00:00") + std::chrono::minutes(random() % 525'600);
    const auto next = hours.next_allowed(time);
    ASSERT_TRUE(hours.allows(next)) << from << " " << to;
    ASSERT_GE(next, time);
    ASSERT_LE(next - time, 26h);
    if (next > time) {
      ASSERT_FALSE(hours.allows(next - 1us)) << from << " " << to << " " << text_of(next);
    }
  }
}

TEST(QuietHours, RefuseWhatIsNoTime) {
  for (const char* const text :
       {"", "7:00", "24:00", "22:60", "22-00", "22:00 ", "22:0a", "-1:00"}) {
    EXPECT_TRUE(std::holds_alternative<ScheduleFault>(QuietHours::parse(text, "07:00", "UTC")))
        << text;
    EXPECT_TRUE(std::holds_alternative<ScheduleFault>(QuietHours::parse("22:30", text, "UTC")))
        << text;
  }
  EXPECT_TRUE(std::holds_alternative<ScheduleFault>(QuietHours::parse("07:00", "07:00", "UTC")));
  EXPECT_TRUE(std::holds_alternative<ScheduleFault>(QuietHours::parse("07:00", "08:00", "Utc")));
}

TEST(QuietHours, StandTimesOutsideOfTheCalendar) {
  const QuietHours night = quiet("22:00", "07:00");
  EXPECT_GE(night.next_allowed(std::chrono::microseconds::max()), std::chrono::microseconds::max());
  EXPECT_GE(night.next_allowed(std::chrono::microseconds::min()), std::chrono::microseconds::min());
}

TEST(Digest, EndsItsWindowAfterTheTime) {
  EXPECT_EQ(window_end(0us, 10min), 10min);
  EXPECT_EQ(window_end(10min - 1us, 10min), 10min);
  EXPECT_EQ(window_end(10min, 10min), 20min);
  EXPECT_EQ(window_end(-1us, 10min), 0us);
  EXPECT_EQ(window_end(-10min, 10min), 0us);
  EXPECT_EQ(window_end(-10min - 1us, 10min), -10min);
  EXPECT_EQ(text_of(window_end(utc("2026-01-01 09:41"), 1h)), "2026-01-01 10:00");
  EXPECT_THROW((void)window_end(0us, 0us), std::invalid_argument);
  EXPECT_THROW((void)window_end(0us, -1us), std::invalid_argument);
}

}  // namespace
}  // namespace portico::notify
