// SPDX-License-Identifier: Apache-2.0
#include "plugin/ticker.h"

#include "services/log/capture.h"
#include <portico/sql_statement.h>

#include <atomic>
#include <future>
#include <semaphore>
#include <string>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using namespace std::chrono_literals;

constexpr auto Patience = 10s;
using Signal = std::counting_semaphore<1'000'000>;

TEST(Ticker, RunsATaskAgainAndAgain) {
  services::CapturingSink log;
  Signal ticked{0};
  Ticker ticker(log);
  ticker.add("a", 1ms, [&] { ticked.release(); });
  ticker.start();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(ticked.try_acquire_for(Patience));
}

TEST(Ticker, RunsNothingBeforeStart) {
  services::CapturingSink log;
  std::atomic<int> ticks{0};
  Ticker ticker(log);
  ticker.add("a", 1ms, [&] { ++ticks; });
  ticker.stop();
  ticker.start();
  EXPECT_EQ(ticks, 0);
}

TEST(Ticker, StopWaitsForTheTickThatIsRunning) {
  services::CapturingSink log;
  Signal entered{0};
  std::promise<void> leave;
  std::atomic<bool> left{false};
  Ticker ticker(log);
  ticker.add("a", 1ms, [&, go = leave.get_future().share()] {
    entered.release();
    go.wait();
    left = true;
  });
  ticker.start();
  ASSERT_TRUE(entered.try_acquire_for(Patience));
  auto stopped = std::async(std::launch::async, [&] {
    ticker.stop();
    return left.load();
  });
  leave.set_value();
  EXPECT_TRUE(stopped.get());
}

TEST(Ticker, LogsATickThatThrowsAndRunsItAgain) {
  services::CapturingSink log;
  Signal ticked{0};
  Ticker ticker(log);
  ticker.add("faulty", 1ms, [&] {
    ticked.release();
    throw 1;
  });
  ticker.start();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(ticked.try_acquire_for(Patience));
  ticker.stop();
  ASSERT_FALSE(log.records().empty());
  EXPECT_EQ(log.records()[0].component, "faulty");
  EXPECT_EQ(log.records()[0].message, "a background tick threw: threw a value of type int");
}

TEST(Ticker, LeavesADatabaseThatIsAwayToWhoFoundItOut) {
  services::CapturingSink log;
  Signal ticked{0};
  Ticker ticker(log);
  ticker.add("impatient", 1ms, [&] {
    ticked.release();
    throw SqlError(SqlError::Kind::Unavailable, {}, "the database is away");
  });
  ticker.start();
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(ticked.try_acquire_for(Patience));
  ticker.stop();
  EXPECT_TRUE(log.records().empty());
}

TEST(Ticker, TakesTasksWhileItRunsAlsoFromATick) {
  services::CapturingSink log;
  Signal ticked{0};
  std::atomic<bool> added{false};
  Ticker ticker(log);
  ticker.start();
  ticker.add("a", 1ms, [&] {
    if (!added.exchange(true)) ticker.add("b", 1ms, [&] { ticked.release(); });
  });
  EXPECT_TRUE(ticked.try_acquire_for(Patience));
}

TEST(Ticker, RunsAShortIntervalBesideALongOne) {
  services::CapturingSink log;
  Signal ticked{0};
  Ticker ticker(log);
  ticker.add("slow", std::chrono::hours(1), [] {});
  ticker.start();
  ticker.add("fast", 1ms, [&] { ticked.release(); });
  EXPECT_TRUE(ticked.try_acquire_for(Patience));
}

class StoppedClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return now_; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return {}; }
  std::chrono::nanoseconds now_{0};
};

TEST(SteppedTicker, RunsWhatHasBecomeDueByItsClock) {
  services::CapturingSink log;
  StoppedClock clock;
  std::string ticks;
  Ticker ticker(log, clock, Ticker::Pace::Stepped);
  ticker.add("a", 1s, [&] { ticks += 'a'; });
  ticker.add("b", 2s, [&] { ticks += 'b'; });
  ticker.start();
  ticker.step();
  EXPECT_EQ(ticks, "");
  clock.now_ = 1s;
  ticker.step();
  ticker.step();
  EXPECT_EQ(ticks, "a");
  clock.now_ = 4s;
  ticker.step();
  EXPECT_EQ(ticks, "aabaab");
  ticker.stop();
  clock.now_ = 9s;
  ticker.step();
  EXPECT_EQ(ticks, "aabaab");
}

}  // namespace
}  // namespace portico::plugin
