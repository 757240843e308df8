// SPDX-License-Identifier: Apache-2.0
#include "health/breaker.h"

#include "health/retry_budget.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using namespace std::chrono_literals;
using State = Breaker::State;
using Turned = Breaker::Turned;

class BreakerTest : public ::testing::Test {
 protected:
  Turned record(bool failed) { return breaker_.record(now_, failed, limits_); }
  /// Opens it: ten requests, half of which fail.
  void trip() {
    for (int i = 0; i < 5; ++i) static_cast<void>(record(false));
    for (int i = 0; i < 5; ++i) static_cast<void>(record(true));
    ASSERT_EQ(breaker_.state(), State::Open);
  }

  Breaker breaker_;
  Breaker::Limits limits_{.errors = 50, .window = 10s, .requests = 10, .open = 5s, .trials = 2};
  Time now_{1h};
};

TEST_F(BreakerTest, StaysClosedWhileFewFail) {
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(record(i % 3 == 0), Turned::No);
  EXPECT_EQ(breaker_.state(), State::Closed);
}

TEST_F(BreakerTest, OpensWhenTooManyFail) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(record(false), Turned::No);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(record(true), Turned::No);
  EXPECT_EQ(record(true), Turned::Opened);
  EXPECT_FALSE(breaker_.admit(now_, limits_));
}

TEST_F(BreakerTest, WaitsForEnoughRequests) {
  for (int i = 0; i < 9; ++i) EXPECT_EQ(record(true), Turned::No);
  EXPECT_EQ(record(true), Turned::Opened);
}

TEST_F(BreakerTest, ForgetsWhatIsOlderThanTheWindow) {
  for (int i = 0; i < 9; ++i) static_cast<void>(record(true));
  now_ += 10s;
  EXPECT_EQ(record(true), Turned::No);
  EXPECT_EQ(breaker_.state(), State::Closed);
}

TEST_F(BreakerTest, LetsTrialsThroughAfterAWhileAndNoMore) {
  trip();
  now_ += 5s - 1ns;
  EXPECT_FALSE(breaker_.admit(now_, limits_));
  now_ += 1ns;
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_FALSE(breaker_.admit(now_, limits_));
}

TEST_F(BreakerTest, ClosesWhenEveryTrialSucceeds) {
  trip();
  now_ += 5s;
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_EQ(record(false), Turned::No);
  EXPECT_EQ(record(false), Turned::Closed);
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_EQ(record(true), Turned::No) << "what was before is forgotten";
}

TEST_F(BreakerTest, OpensAgainWhenATrialFails) {
  trip();
  now_ += 5s;
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_EQ(record(true), Turned::Opened);
  EXPECT_FALSE(breaker_.admit(now_, limits_));
  now_ += 5s;
  EXPECT_TRUE(breaker_.admit(now_, limits_));
}

TEST_F(BreakerTest, GoesOnWithATrialWhoseRequestsNeverEnded) {
  trip();
  now_ += 5s;
  for (int i = 0; i < 3; ++i) static_cast<void>(breaker_.admit(now_, limits_));
  EXPECT_FALSE(breaker_.admit(now_, limits_));
  EXPECT_EQ(record(false), Turned::No);
  now_ += 5s;
  EXPECT_TRUE(breaker_.admit(now_, limits_));
  EXPECT_EQ(record(false), Turned::Closed) << "an early success counts";
}

TEST_F(BreakerTest, IgnoresWhatWasSentBeforeItOpened) {
  trip();
  EXPECT_EQ(record(true), Turned::No);
  EXPECT_EQ(record(false), Turned::No);
  EXPECT_EQ(breaker_.state(), State::Open);
}

TEST(RetryBudget, HasAReserve) {
  RetryBudget budget;
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(budget.spend());
  EXPECT_FALSE(budget.spend());
}

TEST(RetryBudget, GrowsByTheShareOfEachRequest) {
  RetryBudget budget;
  while (budget.spend()) {
  }
  for (int i = 0; i < 4; ++i) budget.earn(20);
  EXPECT_FALSE(budget.spend());
  budget.earn(20);
  EXPECT_TRUE(budget.spend());
  EXPECT_FALSE(budget.spend());
}

TEST(RetryBudget, HoldsNoMoreThanItsReserve) {
  RetryBudget budget;
  for (int i = 0; i < 1000; ++i) budget.earn(100);
  int granted = 0;
  while (budget.spend()) ++granted;
  EXPECT_EQ(granted, 10);
}

TEST(RetryBudget, GrantsNoneWhereThereIsNone) {
  RetryBudget budget;
  while (budget.spend()) {
  }
  for (int i = 0; i < 1000; ++i) budget.earn(0);
  EXPECT_FALSE(budget.spend());
}

}  // namespace
}  // namespace portico::proxy
