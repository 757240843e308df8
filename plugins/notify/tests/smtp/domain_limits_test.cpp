// SPDX-License-Identifier: Apache-2.0
// Case 146: a backlog drains, and no domain gets more than it bears.
#include "smtp/domain_limits.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <optional>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Clock = DomainLimits::Clock;

constexpr Clock::time_point Start{1000s};

/// The time to wait; zero where it may go on, and then it has ended.
Clock::duration wait_for(DomainLimits& limits, std::string_view domain, Clock::time_point now) {
  auto taken = limits.try_take(domain, now);
  const auto* const wait = std::get_if<Clock::duration>(&taken);
  return wait == nullptr ? 0s : *wait;
}

TEST(DomainLimits, LetSoManyGoOnAtOnce) {
  DomainLimits limits({.at_once = 2, .per_minute = 100});
  auto first = limits.try_take("a.example", Start);
  auto second = std::make_optional(limits.try_take("a.example", Start));
  EXPECT_TRUE(std::holds_alternative<DomainLimits::Permit>(first));
  EXPECT_TRUE(std::holds_alternative<DomainLimits::Permit>(*second));
  EXPECT_GT(wait_for(limits, "a.example", Start), 0s);
  EXPECT_EQ(wait_for(limits, "b.example", Start), 0s);
  second.reset();
  EXPECT_EQ(wait_for(limits, "a.example", Start), 0s);
}

TEST(DomainLimits, SayWhenThereIsRoomAgain) {
  DomainLimits limits({.at_once = 5, .per_minute = 3});
  auto now = Start;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(wait_for(limits, "a.example", now), 0s);
  const auto wait = wait_for(limits, "a.example", now);
  EXPECT_GE(wait, 60s);
  EXPECT_LE(wait, 65s);
  now += wait;
  EXPECT_GT(wait_for(limits, "a.example", now - 1ns), 0s);
  EXPECT_EQ(wait_for(limits, "a.example", now), 0s);
}

TEST(DomainLimits, KnowsThatWhatIsRefusedWasNotSent) {
  DomainLimits limits({.at_once = 5, .per_minute = 1});
  EXPECT_EQ(wait_for(limits, "a.example", Start), 0s);
  for (int i = 0; i < 100; ++i) EXPECT_GT(wait_for(limits, "a.example", Start + 30s), 0s);
  EXPECT_EQ(wait_for(limits, "a.example", Start + 65s), 0s);
}

TEST(DomainLimits, AreKeptInEveryMinuteWhereverItBegins) {
  constexpr std::size_t Most = 20;
  DomainLimits limits({.at_once = 5, .per_minute = Most});
  std::mt19937 random(11);
  std::deque<Clock::time_point> minute;
  std::size_t taken = 0;
  auto now = Start;
  for (int i = 0; i < 20'000; ++i, now += std::chrono::milliseconds(random() % 3000)) {
    if (wait_for(limits, "a.example", now) > 0s) continue;
    ++taken;
    minute.push_back(now);
    while (minute.front() <= now - 60s) minute.pop_front();
    ASSERT_LE(minute.size(), Most);
  }
  // And not much less than that either: 20 in 65 s.
  const auto minutes = static_cast<double>((now - Start) / 1s) / 60;
  EXPECT_GT(static_cast<double>(taken), 0.9 * Most * minutes * 60 / 65);
}

TEST(DomainLimits, WaitsAreEnough) {
  DomainLimits limits({.at_once = 5, .per_minute = 7});
  std::mt19937 random(12);
  auto now = Start;
  for (int i = 0; i < 5'000; ++i) {
    const auto wait = wait_for(limits, "a.example", now);
    if (wait > 0s) {
      now += wait;
      ASSERT_EQ(wait_for(limits, "a.example", now), 0s);
    }
    now += std::chrono::milliseconds(random() % 20'000);
  }
}

TEST(DomainLimits, RememberSoManyDomains) {
  DomainLimits limits({.at_once = 5, .per_minute = 1, .domains = 10});
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(wait_for(limits, "d" + std::to_string(i) + ".example", Start), 0s);
    EXPECT_LE(limits.remembered(), 10U);
  }
  // Those that had something last are not forgotten.
  EXPECT_GT(wait_for(limits, "d999.example", Start), 0s);
  EXPECT_EQ(wait_for(limits, "d0.example", Start), 0s);
}

TEST(DomainLimits, DoNotForgetADomainWithSomethingUnderWay) {
  DomainLimits limits({.at_once = 1, .per_minute = 100, .domains = 2});
  const auto first = limits.try_take("a.example", Start);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(wait_for(limits, "d" + std::to_string(i) + ".example", Start), 0s);
  }
  EXPECT_GT(wait_for(limits, "a.example", Start), 0s);
  const auto second = limits.try_take("b.example", Start);
  EXPECT_TRUE(std::holds_alternative<DomainLimits::Permit>(second));
  EXPECT_GT(wait_for(limits, "c.example", Start), 0s);
}

TEST(DomainLimits, AreKeptByManyThreads) {
  DomainLimits limits({.at_once = 3, .per_minute = 1'000'000});
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 500; ++k) {
        const auto taken = limits.try_take("a.example", Start);
        if (!std::holds_alternative<DomainLimits::Permit>(taken)) continue;
        const int mine = ++now;
        for (int seen = most; mine > seen && !most.compare_exchange_weak(seen, mine);) continue;
        std::this_thread::yield();
        --now;
      }
    });
  }
  threads.clear();
  EXPECT_LE(most, 3);
  EXPECT_EQ(wait_for(limits, "a.example", Start), 0s);
}

TEST(DomainLimits, MustLetSomethingThrough) {
  EXPECT_THROW(DomainLimits({.at_once = 0}), std::invalid_argument);
  EXPECT_THROW(DomainLimits({.per_minute = 0}), std::invalid_argument);
  EXPECT_THROW(DomainLimits({.domains = 0}), std::invalid_argument);
}

}  // namespace
}  // namespace portico::notify::test
