// SPDX-License-Identifier: Apache-2.0
// Who gets a session, and who must wait; without a database.
#include "sql/pool.h"

#include <atomic>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

using namespace std::chrono_literals;
using Kind = SqlError::Kind;

class StandingClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return {}; }
  std::atomic<std::chrono::nanoseconds> time{1h};
};

/// What a test makes of all sessions.
struct World {
  std::atomic<bool> there{true};
  std::atomic<bool> answer{true};
  std::atomic<int> asked{0};
};

class FakeSession final : public Session {
 public:
  explicit FakeSession(World& world) : world_(world) {}
  Outcome run(const Statement&, SqlValues) override { return {Rows(nullptr), 0}; }
  void begin() override {}
  void commit() override {}
  void roll_back() noexcept override {}
  bool answers() noexcept override {
    ++world_.asked;
    return world_.answer;
  }
  bool sound() const noexcept override { return sound_; }
  void break_down() noexcept { sound_ = false; }

 private:
  World& world_;
  bool sound_ = true;
};

class SqlPool : public testing::Test {
 public:
  std::unique_ptr<Session> open() {
    if (!world.there) throw SqlError(Kind::Unavailable, {}, "nobody listens");
    return std::make_unique<FakeSession>(world);
  }
  Kind refusal() {
    try {
      (void)pool.lease();
    } catch (const SqlError& error) {
      return error.kind();
    }
    return Kind::Refused;
  }

  World world;
  StandingClock clock;
  std::vector<std::string> turns;
  Pool pool{[this] { return open(); },
            2,
            {.place = 50ms},
            clock,
            [this](const std::string& reason) { turns.push_back(reason); }};
};

TEST_F(SqlPool, LendsTheSameSessionAgain) {
  const Session* first = &pool.lease()->session();
  EXPECT_EQ(&pool.lease()->session(), first);
  EXPECT_EQ(pool.state().opened, 1U);
}

TEST_F(SqlPool, LetsWhoFindsNoneWaitForAWhile) {
  const auto one = pool.lease();
  const auto two = pool.lease();
  EXPECT_EQ(refusal(), Kind::Busy);
  EXPECT_EQ(pool.state().waiting, 0U);
}

TEST_F(SqlPool, ServesWhoWaitsInTheOrderOfComing) {
  Pool narrow([this] { return open(); }, 1, {.place = 20s}, clock, [](const std::string&) {});
  auto held = narrow.lease();
  std::vector<int> order;
  std::vector<std::jthread> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.emplace_back([&, i] {
      const auto lease = narrow.lease();
      order.push_back(i);
    });
    while (narrow.state().waiting != static_cast<std::size_t>(i) + 1) std::this_thread::yield();
  }
  held.reset();
  waiting.clear();
  EXPECT_EQ(order, (std::vector{0, 1, 2}));
}

// Poco's pool holds its lock while it connects.
TEST_F(SqlPool, LetsNobodyWaitForTheConnectionOfAnother) {
  std::binary_semaphore inside(0);
  std::binary_semaphore leave(0);
  std::atomic<int> opened{0};
  Pool slow(
      [&]() -> std::unique_ptr<Session> {
        if (++opened == 2) {
          inside.release();
          leave.acquire();
        }
        return open();
      },
      3, {}, clock, [](const std::string&) {});
  auto first = slow.lease();
  std::jthread second([&] { (void)slow.lease(); });
  inside.acquire();
  first.reset();
  EXPECT_FALSE(slow.lease()->fresh()) << "while the other one still connects";
  EXPECT_EQ(slow.state().busy, 1U);
  leave.release();
}

TEST_F(SqlPool, RefusesAtOnceWhileNobodyIsThere) {
  world.there = false;
  EXPECT_EQ(refusal(), Kind::Unavailable);
  EXPECT_EQ(refusal(), Kind::Unavailable);
  EXPECT_EQ(pool.state().failed, 1U) << "only the first one tried";
  EXPECT_EQ(pool.state().reason, "nobody listens");
  EXPECT_EQ(turns, std::vector<std::string>{"nobody listens"});
}

TEST_F(SqlPool, LooksForWhatIsAwayWithLongerAndLongerPauses) {
  world.there = false;
  EXPECT_EQ(refusal(), Kind::Unavailable);
  auto pause = 0ns;
  for (int i = 0; i < 10; ++i) {
    const auto due = pool.look();
    ASSERT_TRUE(due);
    pause = *due - clock.now();
    EXPECT_LE(pause, 1s);
    clock.time = *due;
  }
  EXPECT_GE(pause, 500ms);
  world.there = true;
  EXPECT_FALSE(pool.look());
  EXPECT_FALSE(pool.state().away);
  EXPECT_EQ(turns.back(), "");
  EXPECT_FALSE(pool.lease()->fresh()) << "the session that found it";
}

TEST_F(SqlPool, TellsWhoWaitsThatItIsAway) {
  Pool wide([this] { return open(); }, 2, {.place = 20s}, clock, [](const std::string&) {});
  auto one = wide.lease();
  auto two = wide.lease();
  std::atomic<bool> told{false};
  std::jthread waiting([&] {
    EXPECT_THROW((void)wide.lease(), SqlError);
    told = true;
  });
  while (wide.state().waiting == 0) std::this_thread::yield();
  world.there = false;
  static_cast<FakeSession&>(one->session()).break_down();
  one.reset();  // The place goes to who waits, and nobody is there.
  waiting.join();
  EXPECT_TRUE(told);
}

TEST_F(SqlPool, AsksASessionThatIdledForLong) {
  (void)pool.lease();
  clock.time = clock.now() + 31s;
  EXPECT_FALSE(pool.lease()->fresh());
  EXPECT_EQ(world.asked, 1);
  world.answer = false;
  clock.time = clock.now() + 31s;
  EXPECT_TRUE(pool.lease()->fresh()) << "the dead one was replaced";
}

TEST_F(SqlPool, ClosesSessionsThatAreOld) {
  (void)pool.lease();
  clock.time = clock.now() + 31min;
  EXPECT_FALSE(pool.look());
  EXPECT_EQ(pool.state().idle, 0U);
  EXPECT_TRUE(pool.lease()->fresh());
}

TEST_F(SqlPool, DropsWhatIdlesBesideASessionThatBroke) {
  {
    const auto one = pool.lease();
    const auto two = pool.lease();
  }
  EXPECT_EQ(pool.state().idle, 2U);
  {
    const auto lease = pool.lease();
    static_cast<FakeSession&>(lease->session()).break_down();
  }
  EXPECT_EQ(pool.state().idle, 0U);
  EXPECT_EQ(pool.state().busy, 0U);
}

}  // namespace
}  // namespace portico::sql
