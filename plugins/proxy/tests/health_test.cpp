// SPDX-License-Identifier: Apache-2.0
#include "health/health.h"

#include "patients.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using namespace std::chrono_literals;
using test::Ward;
using Told = std::vector<std::string>;

TEST(Health, PutsOutWhoFailsInARow) {
  Ward ward(2);
  ward.fail_often(0, 4);
  EXPECT_TRUE(ward.health.usable(0));
  ward.fail(0);
  EXPECT_FALSE(ward.health.usable(0));
  EXPECT_TRUE(ward.health.usable(1));
  EXPECT_EQ(ward.told, Told{"t0 down 10"});
}

TEST(Health, ForgetsFailuresThatAnAnswerInterrupts) {
  Ward ward(2);
  ward.fail_often(0, 4);
  ward.answer(0);
  ward.fail_often(0, 4);
  EXPECT_TRUE(ward.health.usable(0));
}

TEST(Health, CountsWhatTheFileNames) {
  Ward ward(2, {.failures = 1, .on = {"503"}});
  ward.fail(0);
  ward.answer(0, 500);
  EXPECT_TRUE(ward.health.usable(0));
  ward.answer(0, 503);
  EXPECT_FALSE(ward.health.usable(0));
}

TEST(Health, HearsNothingFromClientsWhoLeft) {
  Ward ward(2, {.failures = 1});
  ward.fail(0, Try::How::Left);
  EXPECT_TRUE(ward.health.usable(0));
}

TEST(Health, BringsBackForATrial) {
  Ward ward(2);
  ward.fail_often(0);
  ward.now += 9s;
  EXPECT_FALSE(ward.health.usable(0));
  ward.now += 1s;
  EXPECT_TRUE(ward.health.usable(0));
  ward.answer(0);
  EXPECT_EQ(ward.told, (Told{"t0 down 10", "t0 up"}));
}

TEST(Health, EndsATrialWithItsFirstFailureAndDoublesTheTime) {
  Ward ward(2, {.longest = 35s});
  ward.fail_often(0);
  for (const Time outage : {Time(20s), Time(35s), Time(35s)}) {
    ward.now += 1min;
    EXPECT_TRUE(ward.health.usable(0));
    ward.fail(0);
    ward.now += outage - 1ns;
    EXPECT_FALSE(ward.health.usable(0));
    ward.now -= outage - 1ns;
  }
  EXPECT_EQ(ward.told, (Told{"t0 down 10", "t0 down 20", "t0 down 35", "t0 down 35"}));
}

TEST(Health, ForgivesWhoStayedUpForLong) {
  Ward ward(2);
  ward.fail_often(0);
  ward.now += 10s;
  EXPECT_TRUE(ward.health.usable(0));
  ward.answer(0);
  ward.now += 301s;
  ward.fail_often(0);
  EXPECT_EQ(ward.told.back(), "t0 down 10");
}

TEST(Health, LeavesEnoughOfThem) {
  Ward ward(4, {.failures = 1, .most = 50});
  for (std::size_t i = 0; i < 4; ++i) ward.fail(i);
  EXPECT_FALSE(ward.health.usable(0));
  EXPECT_FALSE(ward.health.usable(1));
  EXPECT_TRUE(ward.health.usable(2));
  EXPECT_TRUE(ward.health.usable(3));
}

TEST(Health, MayPutOutOneOfTwoWhateverThePercent) {
  Ward ward(2, {.failures = 1, .most = 10});
  ward.fail(0);
  ward.fail(1);
  EXPECT_FALSE(ward.health.usable(0));
  EXPECT_TRUE(ward.health.usable(1));
}

TEST(Health, NeverPutsOutTheOnlyOne) {
  Ward ward(1, {.failures = 1, .most = 100});
  ward.fail(0);
  EXPECT_TRUE(ward.health.usable(0));
}

TEST(Health, NeverPutsOutWhereThatIsSwitchedOff) {
  Ward ward(2, {.failures = 0});
  ward.fail_often(0, 100);
  EXPECT_TRUE(ward.health.usable(0));
}

TEST(Health, StartsSlowly) {
  Ward ward(2, {}, 10s);
  EXPECT_EQ(ward.health.share(0), Health::Whole);
  ward.fail_often(0);
  ward.now += 10s;
  EXPECT_TRUE(ward.health.usable(0));
  EXPECT_GT(ward.health.share(0), 0U);
  EXPECT_LT(ward.health.share(0), Health::Whole / 10);
  ward.now += 5s;
  EXPECT_EQ(ward.health.share(0), Health::Whole / 2);
  ward.now += 5s;
  EXPECT_EQ(ward.health.share(0), Health::Whole);
}

TEST(Health, ReadsNoClockWhileAllIsWell) {
  Ward ward(2, {}, 10s);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(ward.health.usable(0));
    EXPECT_EQ(ward.health.share(0), Health::Whole);
    ward.answer(0);
  }
  EXPECT_EQ(ward.clock_readings, 0);
}

TEST(Health, IgnoresEndpointsThatItDoesNotKnow) {
  Ward ward(1, {.failures = 1});
  ward.fail(7);
  EXPECT_TRUE(ward.told.empty());
}

TEST(Conditions, KnowEveryKindOfFailure) {
  const auto holds = [](const char* word, Try made) {
    return Conditions({std::string(word)}).hold(made);
  };
  EXPECT_TRUE(holds("connect", {.how = Try::How::Unreachable}));
  EXPECT_TRUE(holds("timeout", {.how = Try::How::TimedOut}));
  EXPECT_TRUE(holds("lost", {.how = Try::How::Lost}));
  EXPECT_TRUE(holds("lost", {.how = Try::How::Malformed}));
  EXPECT_TRUE(holds("lost", {.how = Try::How::CutShort}));
  EXPECT_FALSE(holds("lost", {.how = Try::How::Left}));
  EXPECT_FALSE(holds("connect", {.how = Try::How::TimedOut}));
  EXPECT_TRUE(holds("5xx", {.status = Status::BadGateway}));
  EXPECT_FALSE(holds("5xx", {.status = Status::NotFound}));
  EXPECT_FALSE(holds("5xx", {.status = static_cast<Status>(600)}));
  EXPECT_TRUE(holds("599", {.status = static_cast<Status>(599)}));
  EXPECT_FALSE(holds("599", {.status = Status::BadGateway}));
}

TEST(Conditions, RefuseOtherWords) {
  for (const char* word : {"", "4xx", "404", "600", "50", "5000", "5x", "Connect"}) {
    EXPECT_EQ(fault_of_condition(word),
              "is no kind of failure; write connect, timeout, lost, 5xx, or a status of 500 to 599")
        << word;
  }
  EXPECT_EQ(fault_of_condition("503"), "");
}

}  // namespace
}  // namespace portico::proxy
