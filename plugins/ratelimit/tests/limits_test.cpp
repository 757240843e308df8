// SPDX-License-Identifier: Apache-2.0
// What the limits say beside yes and no, and what they make of a clock that steps.
#include "limits/limit.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

constexpr std::int64_t Hour = 3600 * Second;
/// 2023-11-14 22:13:20 UTC.
constexpr std::int64_t Start = 1'700'000'000 * Second;

Moment at(std::int64_t after) {
  return {.lived = Second + after, .steady = Start + after, .unix = Start + after};
}

/// A bucket of one limit.
class Bucket {
 public:
  explicit Bucket(Limit::Kind kind) : limit_(kind) {}
  Reading take(const Moment& moment, std::uint32_t cost = 1) {
    const Taken taken = limit_.take(word_, moment, cost);
    word_ = taken.next;
    return taken.reading;
  }
  Reading take(std::int64_t after, std::uint32_t cost = 1) { return take(at(after), cost); }
  /// How many of them are allowed.
  int spend(std::int64_t after, int times = 1000) {
    int allowed = 0;
    for (int i = 0; i < times; ++i) allowed += take(after).allowed ? 1 : 0;
    return allowed;
  }
  [[nodiscard]] Word word() const { return word_; }
  void give_back(Word receipt, std::uint32_t cost) {
    word_ = limit_.give_back(word_, receipt, cost);
  }

 private:
  Limit limit_;
  Word word_ = 0;
};

TEST(Gcra, TellsWhatIsLeftAndWhenToComeBack) {
  Bucket bucket(Gcra(10, 1, 20));
  Reading reading = bucket.take(0, 5);
  EXPECT_TRUE(reading.allowed);
  EXPECT_EQ(reading.remaining, 15U);
  EXPECT_EQ(reading.reset, Second / 2);
  EXPECT_EQ(bucket.spend(0), 15);
  reading = bucket.take(0, 3);
  EXPECT_FALSE(reading.allowed);
  EXPECT_EQ(reading.remaining, 0U);
  EXPECT_EQ(reading.retry, 3 * Second / 10);
  EXPECT_FALSE(bucket.take(reading.retry - 1, 3).allowed);
  EXPECT_TRUE(bucket.take(reading.retry, 3).allowed);
}

TEST(Gcra, GivesOneAtATimeOnceItsBurstIsSpent) {
  Bucket bucket(Gcra(7, 1, 7));
  EXPECT_EQ(bucket.spend(0), 7);
  EXPECT_EQ(bucket.spend(Second / 7), 0);
  EXPECT_EQ(bucket.spend(Second / 7 + 1), 1);
  EXPECT_EQ(bucket.spend(Second), 6);
  EXPECT_EQ(bucket.spend(10 * Second), 7);
}

TEST(Gcra, IsExactWhereItsIntervalIsNoWholeMicrosecond) {
  const Gcra seventh(7, 1, 7);
  EXPECT_EQ(seventh.parts(), 7);
  EXPECT_EQ(seventh.interval(), Second);
  const Gcra odd(1001, 1, 1);
  EXPECT_EQ(odd.parts(), Gcra::MostParts);
  EXPECT_LE(odd.interval() * 1001, Second * Gcra::MostParts);
  EXPECT_GT((odd.interval() + 1) * 1001, Second * Gcra::MostParts);
}

TEST(Gcra, LetsNobodyWaitLongerThanForAFullBucketWhenTheClockStepsBack) {
  Bucket bucket(Gcra(10, 1, 10));
  EXPECT_EQ(bucket.spend(2 * Hour), 10);
  const Reading reading = bucket.take(Hour);
  EXPECT_FALSE(reading.allowed);
  EXPECT_LE(reading.reset, Second);
  EXPECT_EQ(bucket.spend(Hour + Second), 10);
}

TEST(Gcra, IsNotMovedByTheClocksOfTwoLoops) {
  Bucket bucket(Gcra(10, 1, 10));
  EXPECT_EQ(bucket.spend(1000), 10);
  const Word before = bucket.word();
  EXPECT_FALSE(bucket.take(0).allowed);
  EXPECT_EQ(bucket.word(), before);
}

TEST(Fixed, BeginsAnewWithEachWindow) {
  Bucket bucket(Fixed(3, Period(std::chrono::seconds(60))));
  // The minute began 20 seconds ago.
  Reading reading = bucket.take(0);
  EXPECT_EQ(reading.remaining, 2U);
  EXPECT_EQ(reading.reset, 40 * Second);
  EXPECT_EQ(bucket.spend(0), 2);
  reading = bucket.take(Second);
  EXPECT_FALSE(reading.allowed);
  EXPECT_EQ(reading.retry, 39 * Second);
  EXPECT_EQ(bucket.spend(40 * Second - 1), 0);
  EXPECT_EQ(bucket.spend(40 * Second), 3);
}

TEST(Fixed, BeginsNoWindowTwice) {
  Bucket bucket(Fixed(3, Period(std::chrono::seconds(60))));
  EXPECT_EQ(bucket.spend(40 * Second), 3);
  const Reading reading = bucket.take(40 * Second - 1);
  EXPECT_FALSE(reading.allowed);
  EXPECT_EQ(reading.retry, 60 * Second + 1);
}

TEST(Fixed, CountsAfreshWhenTheClockWasWrong) {
  Bucket bucket(Fixed(3, Period(std::chrono::seconds(60))));
  EXPECT_EQ(bucket.spend(2 * Hour), 3);
  EXPECT_EQ(bucket.spend(Hour), 3);
  EXPECT_EQ(bucket.spend(Hour), 0);
}

TEST(Fixed, GivesBackOnlyWhatItsWindowTook) {
  Bucket bucket(Fixed(3, Period(std::chrono::seconds(60))));
  bucket.take(0, 2);
  const Word receipt = bucket.word();
  bucket.give_back(receipt, 2);
  EXPECT_EQ(bucket.word(), 0U);
  bucket.take(0, 2);
  bucket.take(60 * Second, 3);
  bucket.give_back(receipt, 2);
  EXPECT_EQ(bucket.spend(60 * Second), 0);
}

TEST(Calendar, KnowsDaysAndMonths) {
  using namespace std::chrono;
  const auto us = [](sys_seconds time) { return time.time_since_epoch().count() * Second; };
  const Period day(Calendar::Day);
  const Period month(Calendar::Month);
  const std::int64_t leap = us(sys_days(2024y / February / 29) + 23h + 59min + 59s);
  EXPECT_EQ(day.end(day.number(leap)), us(sys_days(2024y / March / 1)));
  EXPECT_EQ(month.end(month.number(leap)), us(sys_days(2024y / March / 1)));
  const std::int64_t new_year = us(sys_days(2025y / January / 1));
  EXPECT_EQ(month.number(new_year), month.number(new_year - 1) + 1);
  EXPECT_EQ(month.end(month.number(new_year - 1)), new_year);
  EXPECT_EQ(day.end(day.number(new_year)), us(sys_days(2025y / January / 2)));
}

TEST(Calendar, GoesByTheClockOfTheWall) {
  Bucket bucket(Fixed(5, Period(Calendar::Day)));
  EXPECT_EQ(bucket.spend(0), 5);
  // An hour and 47 minutes before midnight; the steady clock knows nothing of the step.
  Moment stepped = at(0);
  stepped.unix += 2 * Hour;
  EXPECT_TRUE(bucket.take(stepped).allowed);
  // Back again: the next day has begun, and does not begin twice.
  const Reading back = bucket.take(at(0));
  EXPECT_TRUE(back.allowed);
  EXPECT_EQ(back.remaining, 3U);
  EXPECT_GT(back.reset, 24 * Hour);
}

TEST(Sliding, WeighsTheWindowBefore) {
  Bucket bucket(Sliding(10, 60));
  // A minute begins at 40 s.
  EXPECT_EQ(bucket.spend(40 * Second), 10);
  EXPECT_EQ(bucket.spend(100 * Second), 0);
  EXPECT_EQ(bucket.spend(130 * Second), 5);
  const Reading reading = bucket.take(130 * Second);
  EXPECT_FALSE(reading.allowed);
  EXPECT_EQ(reading.retry, 6 * Second);
  EXPECT_FALSE(bucket.take(136 * Second - 1000).allowed);
  EXPECT_TRUE(bucket.take(136 * Second).allowed);
}

TEST(Sliding, WaitsIntoTheNextWindowWhereThisOneIsFull) {
  Bucket bucket(Sliding(10, 60));
  EXPECT_EQ(bucket.spend(50 * Second), 10);
  const Reading reading = bucket.take(50 * Second);
  EXPECT_EQ(reading.retry, 56 * Second);
  EXPECT_FALSE(bucket.take(106 * Second - 1000).allowed);
  EXPECT_TRUE(bucket.take(106 * Second).allowed);
}

TEST(Sliding, ForgetsAfterTwoWindows) {
  Bucket bucket(Sliding(10, 60));
  const Reading reading = bucket.take(50 * Second);
  EXPECT_EQ(reading.reset, 110 * Second);
  EXPECT_EQ(bucket.spend(50 * Second), 9);
  EXPECT_EQ(bucket.spend(160 * Second), 10);
}

TEST(Sliding, SurvivesClockSteps) {
  Bucket bucket(Sliding(10, 60));
  EXPECT_EQ(bucket.spend(2 * Hour), 10);
  EXPECT_EQ(bucket.spend(Hour), 10);
  EXPECT_EQ(bucket.spend(Hour), 0);
  EXPECT_EQ(bucket.spend(3 * Hour), 10);
}

TEST(Sliding, GivesBackToTheWindowThatTook) {
  Bucket bucket(Sliding(10, 60));
  bucket.take(40 * Second, 6);
  const Word receipt = bucket.word();
  bucket.take(100 * Second, 4);
  bucket.give_back(receipt, 6);
  EXPECT_EQ(bucket.spend(100 * Second), 6);
  bucket.give_back(receipt, 6);
  EXPECT_EQ(bucket.spend(100 * Second), 0);
}

TEST(Concurrency, CountsWhatIsUnderWay) {
  Bucket bucket(Concurrency(3));
  EXPECT_EQ(bucket.take(0, 2).remaining, 1U);
  const Reading reading = bucket.take(0, 2);
  EXPECT_FALSE(reading.allowed);
  EXPECT_EQ(reading.remaining, 1U);
  bucket.give_back(0, 2);
  EXPECT_EQ(bucket.word(), 0U);
  bucket.give_back(0, 2);
  EXPECT_EQ(bucket.word(), 0U);
}

}  // namespace
}  // namespace portico::ratelimit
