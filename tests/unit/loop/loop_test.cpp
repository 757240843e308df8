// SPDX-License-Identifier: Apache-2.0
#include "loop/loop.h"

#include "base/clock.h"

#include <array>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::loop {
namespace {

using namespace std::chrono_literals;

class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override {
    ++readings;
    return time;
  }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return 1000s; }
  std::chrono::nanoseconds time{1s};
  mutable int readings = 0;
};

struct Letter : Mail {
  Letter(std::vector<int>& its_got, int its_number) : got(its_got), number(its_number) {
    deliver = [](Mail& mail) noexcept {
      auto& letter = static_cast<Letter&>(mail);
      letter.got.push_back(letter.number);
    };
  }
  std::vector<int>& got;
  int number;
};

struct Count : Task {
  Count() {
    run = [](Task& task) noexcept {
      auto& self = static_cast<Count&>(task);
      if (++self.runs < self.wanted) self.loop->later(self);
    };
  }
  Loop* loop = nullptr;
  int wanted = 1;
  int runs = 0;
};

struct Ear : Watch {
  Ear() {
    ready = [](Watch& watch, std::uint32_t events) noexcept {
      auto& ear = static_cast<Ear&>(watch);
      ear.heard |= events;
      ++ear.calls;
    };
  }
  std::uint32_t heard = 0;
  int calls = 0;
};

class LoopTest : public ::testing::Test {
 protected:
  FakeClock clock_;
  Loop loop_{clock_};
};

TEST_F(LoopTest, DeliversMailInOrder) {
  std::vector<int> got;
  std::array<Letter, 3> letters{Letter(got, 1), Letter(got, 2), Letter(got, 3)};
  for (Letter& letter : letters) loop_.post(letter);
  loop_.turn(0s);
  EXPECT_EQ(got, (std::vector<int>{1, 2, 3}));
  loop_.turn(0s);
  EXPECT_EQ(got.size(), 3U);
}

TEST_F(LoopTest, ReadsTheClockOnceEachTurn) {
  loop_.turn(0s);
  const int before = clock_.readings;
  clock_.time += 1ms;
  loop_.turn(0s);
  EXPECT_EQ(clock_.readings, before + 1);
  EXPECT_EQ(loop_.clock().now(), clock_.time);
}

TEST_F(LoopTest, ATaskThatQueuesItselfWaitsForTheNextTurn) {
  Count count;
  count.loop = &loop_;
  count.wanted = 3;
  loop_.later(count);
  loop_.later(count);
  loop_.turn(1h);
  EXPECT_EQ(count.runs, 1);
  loop_.turn(1h);
  loop_.turn(1h);
  EXPECT_EQ(count.runs, 3);
  EXPECT_FALSE(count.queued);
}

TEST_F(LoopTest, TellsADescriptorsEdgesOnce) {
  std::array<int, 2> pair{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
  Ear ear;
  ASSERT_TRUE(loop_.watch(pair[0], ear));
  loop_.turn(0s);
  EXPECT_EQ(ear.heard & (EPOLLIN | EPOLLOUT), EPOLLOUT);
  loop_.turn(0s);
  EXPECT_EQ(ear.calls, 1);
  ASSERT_EQ(::write(pair[1], "x", 1), 1);
  loop_.turn(0s);
  EXPECT_NE(ear.heard & EPOLLIN, 0U);
  ::close(pair[1]);
  loop_.turn(0s);
  EXPECT_NE(ear.heard & EPOLLRDHUP, 0U);
  ::close(pair[0]);
}

TEST_F(LoopTest, FiresTimersByItsClock) {
  static int fired = 0;
  fired = 0;
  Timer timer;
  timer.fire = [](Timer&) noexcept { ++fired; };
  loop_.timers().move(timer, clock_.time + 10ms);
  loop_.turn(0s);
  EXPECT_EQ(fired, 0);
  clock_.time += 12ms;
  loop_.turn(0s);
  EXPECT_EQ(fired, 1);
}

TEST(LoopThread, RunsUntilStoppedAndWakesForEveryWriter) {
  Loop loop(base::system_clock());
  constexpr int Writers = 4;
  constexpr int Each = 2000;
  struct Tally : Mail {
    int* count = nullptr;
  };
  int count = 0;
  std::vector<std::vector<Tally>> mails(Writers);
  for (auto& own : mails) {
    own.resize(Each);
    for (Tally& tally : own) {
      tally.count = &count;
      tally.deliver = [](Mail& mail) noexcept { ++*static_cast<Tally&>(mail).count; };
    }
  }
  std::thread runner([&loop] { loop.run(); });
  std::vector<std::thread> writers;
  for (auto& own : mails) {
    writers.emplace_back([&loop, &own] {
      for (Tally& tally : own) loop.post(tally);
    });
  }
  for (std::thread& writer : writers) writer.join();
  loop.stop();
  runner.join();
  loop.turn(0s);
  EXPECT_EQ(count, Writers * Each);
}

}  // namespace
}  // namespace portico::loop
