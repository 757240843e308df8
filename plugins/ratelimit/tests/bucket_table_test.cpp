// SPDX-License-Identifier: Apache-2.0
#include "store/bucket_table.h"

#include "tests/crew.h"

#include <atomic>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

Moment at(std::int64_t seconds) {
  const std::int64_t after = seconds * Second;
  return {.lived = Second + after, .steady = after, .unix = after};
}

Key key(std::uint64_t number) {
  std::mt19937_64 random(number);
  return {random(), random()};
}

const Limit& one_an_hour() {
  static const Limit limit(Gcra(1, 3600, 1));
  return limit;
}

bool take(BucketTable& table, std::uint64_t number, std::int64_t seconds,
          const Limit& limit = one_an_hour()) {
  return table.take(key(number), limit, at(seconds), 1).reading.allowed;
}

TEST(BucketTable, KeepsEachKeyByItself) {
  BucketTable table(1000);
  for (std::uint64_t i = 0; i < 1000; ++i) EXPECT_TRUE(take(table, i, 0)) << i;
  for (std::uint64_t i = 0; i < 1000; ++i) EXPECT_FALSE(take(table, i, 1)) << i;
  EXPECT_EQ(table.held(), 1000U);
  EXPECT_EQ(table.evicted(), 0U);
}

TEST(BucketTable, NeverHoldsMoreThanItsBound) {
  BucketTable table(500);
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    take(table, i, static_cast<std::int64_t>(i / 1000));
    ASSERT_LE(table.held(), 500U);
  }
  EXPECT_EQ(table.held(), 500U);
  EXPECT_EQ(table.evicted(), 99'500U);
}

TEST(BucketTable, ForgetsTheIdlestFirst) {
  BucketTable table(1000);
  for (std::uint64_t i = 0; i < 1000; ++i) take(table, i, 0);
  // One in ten goes on being used, and refused: that keeps it too.
  for (std::uint64_t i = 0; i < 1000; i += 10) EXPECT_FALSE(take(table, i, 100));
  for (std::uint64_t i = 5000; i < 5300; ++i) EXPECT_TRUE(take(table, i, 101));
  int kept = 0;
  for (std::uint64_t i = 0; i < 1000; i += 10) {
    kept += table.peek(key(i), one_an_hour(), at(101), 1).allowed ? 0 : 1;
  }
  EXPECT_GE(kept, 98);
}

TEST(BucketTable, ForgetsBeforeAllWhatSaysNothingAnyMore) {
  const Limit monthly(Fixed(1, Period(Calendar::Month)));
  const Limit short_lived(Gcra(1, 1, 1));
  BucketTable table(1000);
  for (std::uint64_t i = 0; i < 500; ++i) take(table, i, 0, monthly);
  for (std::uint64_t i = 500; i < 1000; ++i) take(table, i, 60, short_lived);
  for (std::uint64_t i = 1000; i < 1100; ++i) EXPECT_TRUE(take(table, i, 120, short_lived));
  for (std::uint64_t i = 0; i < 500; ++i) EXPECT_FALSE(take(table, i, 120, monthly)) << i;
}

TEST(BucketTable, KeepsTheSlotsThatSomebodyHolds) {
  const Limit slots(Concurrency(1));
  BucketTable table(16);
  for (std::uint64_t i = 0; i < 16; ++i) EXPECT_TRUE(take(table, i, 0, slots));
  EXPECT_FALSE(take(table, 99, 0, slots));
  EXPECT_EQ(table.held(), 16U);
  for (std::uint64_t i = 0; i < 16; ++i) EXPECT_FALSE(take(table, i, 0, slots));
  table.give_back(key(3), slots, 0, 1);
  EXPECT_TRUE(take(table, 99, 0, slots));
  EXPECT_FALSE(take(table, 3, 0, slots));
}

TEST(BucketTable, ForgetsOnRequest) {
  BucketTable table(16);
  take(table, 1, 0);
  EXPECT_TRUE(table.forget(key(1)));
  EXPECT_FALSE(table.forget(key(1)));
  EXPECT_FALSE(table.forget(key(2)));
  EXPECT_TRUE(take(table, 1, 0));
}

TEST(BucketTable, GivesNothingBackToWhomItHasForgotten) {
  BucketTable table(16);
  const Taken taken = table.take(key(1), one_an_hour(), at(0), 1);
  for (std::uint64_t i = 100; i < 200; ++i) take(table, i, static_cast<std::int64_t>(i));
  const std::size_t held = table.held();
  table.give_back(key(1), one_an_hour(), taken.next, 1);
  EXPECT_EQ(table.held(), held);
}

// Threads insert, evict, take and look up all at once; a key that all of them use as well is
// admitted exactly as often as its limit says, unless it was evicted, which it is not: it is used
// all the time.
TEST(BucketTable, StaysExactInAFlood) {
  BucketTable table(4096);
  const Limit often(Fixed(5000, Period(std::chrono::seconds(3600))));
  std::atomic<int> admitted{0};
  std::atomic<std::uint64_t> next{1000};
  Crew crew(4);
  for (std::int64_t second = 0; second < 80; ++second) {
    crew.run([&](std::size_t) {
      for (int i = 0; i < 50; ++i) {
        if (take(table, 7, second, often)) ++admitted;
        take(table, next++, second);
        take(table, next - 100, second);
      }
    });
    ASSERT_LE(table.held(), 4096U);
  }
  EXPECT_GT(table.evicted(), 1000U);
  EXPECT_EQ(admitted, 5000);
}

// All threads come to each new key at about the same time, so that some find it half made.
TEST(BucketTable, MakesABucketOnce) {
  constexpr std::uint64_t Keys = 50'000;
  std::vector<Key> keys;
  for (std::uint64_t i = 0; i < Keys; ++i) keys.push_back(key(i));
  for (int round = 0; round < 4; ++round) {
    BucketTable table(Keys);
    std::atomic<std::uint64_t> admitted{0};
    Crew crew(4);
    crew.run([&](std::size_t) {
      for (const Key& each : keys) {
        if (table.take(each, one_an_hour(), at(0), 1).reading.allowed) ++admitted;
      }
    });
    EXPECT_EQ(admitted, Keys);
  }
}

/// Resident memory of this process.
std::size_t resident() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0;
  std::size_t pages = 0;
  file >> size >> pages;
  return pages * 4096;
}

TEST(BucketTable, HoldsAMillionKeysInItsBudget) {
  constexpr std::size_t Million = 1'000'000;
  const std::size_t before = resident();
  BucketTable table(Million);
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i < Million; ++i) {
    static_cast<void>(table.take({random(), random()}, one_an_hour(), at(0), 1));
  }
  EXPECT_EQ(table.held(), Million);
  EXPECT_EQ(table.evicted(), 0U);
  EXPECT_LT(resident() - before, std::size_t{120} << 20U);
}

}  // namespace
}  // namespace portico::ratelimit
