// SPDX-License-Identifier: Apache-2.0
#include "shared/time_text.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::rbac::test {
namespace {

using namespace std::chrono_literals;

TEST(TimeText, ReadsWhatItWrites) {
  const Time time = std::chrono::seconds(1'790'000'000) + 250ms;
  EXPECT_EQ(time_text(time), "2026-09-21T14:13:20.250Z");
  EXPECT_EQ(parse_time(time_text(time)), time);
  EXPECT_EQ(maybe_time_text(Time{0}), std::nullopt);
}

TEST(TimeText, ReadsOffsetsAndFractions) {
  EXPECT_EQ(parse_time("1970-01-01T01:00:00+01:00"), Time{0});
  EXPECT_EQ(parse_time("1970-01-01T00:00:00-00:30"), Time(30min));
  EXPECT_EQ(parse_time("1970-01-01T00:00:01.5Z"), Time(1500ms));
  EXPECT_EQ(parse_time("1970-01-01T00:00:00.123456789Z"), Time(123456us));
}

TEST(TimeText, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-01-31", "2026-01-31T09:05:00", "2026-01-31 09:05:00Z", "2026-02-30T00:00:00Z",
        "2027-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T09:60:00Z", "2026-01-31T09:05:60Z", "2026-01-31T09:05:00.Z",
        "2026-01-31T09:05:00+1:00", "2026-01-31T09:05:00Zx", "1969-12-31T00:00:00Z",
        "2026-01-31t09:05:00Z", "0x26-01-31T09:05:00Z", "2026-01-31T09:05:00+24:00"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace portico::rbac::test
