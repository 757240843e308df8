// SPDX-License-Identifier: Apache-2.0
#include "base/ids.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

using namespace std::chrono_literals;

class WallClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return {}; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return time; }
  std::atomic<std::chrono::microseconds> time{std::chrono::microseconds(0x0189'abcd'ef01 * 1000)};
};

class AnId : public testing::Test {
 protected:
  WallClock clock_;
  Ids ids_{clock_};
};

TEST_F(AnId, BeginsWithTheTimeInMilliseconds) {
  const std::string id = ids_.next();
  ASSERT_EQ(id.size(), 36U);
  EXPECT_EQ(id.substr(0, 19), "0189abcd-ef01-7000-") << id;
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
  EXPECT_EQ(id[23], '-');
}

TEST_F(AnId, IsDifferentByChance) {
  Ids others(clock_);
  EXPECT_NE(ids_.next().substr(19), others.next().substr(19));
}

TEST_F(AnId, IsGreaterThanTheOneBeforeWhateverTheClockDoes) {
  std::string last = ids_.next();
  for (int i = 0; i < 10'000; ++i) {
    if (i == 5'000) clock_.time = clock_.time.load() - 1h;
    if (i == 7'000) clock_.time = clock_.time.load() + 2h;
    std::string next = ids_.next();
    ASSERT_LT(last, next) << i;
    last = std::move(next);
  }
}

TEST_F(AnId, IsMadeOnceByManyThreads) {
  std::vector<std::vector<std::string>> made(8);
  std::vector<std::thread> threads;
  for (auto& mine : made) {
    threads.emplace_back([this, &mine] {
      for (int i = 0; i < 1'000; ++i) mine.push_back(ids_.next());
    });
  }
  for (std::thread& each : threads) each.join();
  std::set<std::string> moments;
  for (const auto& mine : made) {
    EXPECT_TRUE(std::ranges::is_sorted(mine));
    for (const std::string& id : mine) moments.insert(id.substr(0, 18));
  }
  EXPECT_EQ(moments.size(), 8'000U) << "no two have the same moment";
}

}  // namespace
}  // namespace portico::base
