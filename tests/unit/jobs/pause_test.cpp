// SPDX-License-Identifier: Apache-2.0
#include "jobs/pause.h"

#include <gtest/gtest.h>

namespace portico::jobs {
namespace {

using namespace std::chrono_literals;

TEST(JobPause, GrowsWithTheFourthPowerOfTheAttempt) {
  const JobPolicy policy;
  EXPECT_EQ(longest_pause(policy, 1), 1s);
  EXPECT_EQ(longest_pause(policy, 2), 16s);
  EXPECT_EQ(longest_pause(policy, 10), 10'000s);
  EXPECT_EQ(longest_pause(policy, 18), 24h);
  EXPECT_EQ(longest_pause(policy, 4'000'000'000U), 24h);
}

TEST(JobPause, IsWhatThePolicySaysAndThenTheLastOfThese) {
  const JobPolicy policy{.pauses = {10s, 1min}};
  EXPECT_EQ(longest_pause(policy, 1), 10s);
  EXPECT_EQ(longest_pause(policy, 2), 1min);
  EXPECT_EQ(longest_pause(policy, 9), 1min);
}

TEST(JobPause, IsSpreadByChanceOverAllOfIt) {
  const JobPolicy policy{.pauses = {100s}};
  int early = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto pause = pause_behind(policy, 1);
    ASSERT_GE(pause, 0s);
    ASSERT_LE(pause, 100s);
    early += pause < 50s ? 1 : 0;
  }
  EXPECT_GT(early, 400);
  EXPECT_LT(early, 600);
}

}  // namespace
}  // namespace portico::jobs
