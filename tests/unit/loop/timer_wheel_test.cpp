// SPDX-License-Identifier: Apache-2.0
#include "loop/timer_wheel.h"

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace portico::loop {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::nanoseconds;

constexpr Time Tick{1 << 20};

struct Alarm : Timer {
  explicit Alarm(const Time& its_now) : now(its_now) {
    fire = [](Timer& timer) noexcept {
      auto& alarm = static_cast<Alarm&>(timer);
      ++alarm.strikes;
      alarm.struck = alarm.now;
    };
  }
  const Time& now;
  int strikes = 0;
  Time struck{0};
};

class TimerWheelTest : public ::testing::Test {
 protected:
  void go_to(Time time) {
    now_ = time;
    wheel_.advance(now_);
  }

  Time now_ = 5s;
  TimerWheel wheel_{now_};
};

TEST_F(TimerWheelTest, StrikesOnceAtTheDeadlineAndNotBefore) {
  Alarm alarm(now_);
  alarm.deadline = now_ + 10ms;
  wheel_.arm(alarm);
  go_to(alarm.deadline - 1ns);
  EXPECT_EQ(alarm.strikes, 0);
  go_to(alarm.deadline + Tick);
  EXPECT_EQ(alarm.strikes, 1);
  EXPECT_FALSE(alarm.armed);
  go_to(now_ + 1h);
  EXPECT_EQ(alarm.strikes, 1);
}

TEST_F(TimerWheelTest, NeverStrikesWithinArmingEvenWhenItIsLate) {
  Alarm alarm(now_);
  alarm.deadline = 0s;
  wheel_.arm(alarm);
  EXPECT_EQ(alarm.strikes, 0);
  go_to(now_ + 2 * Tick);
  EXPECT_EQ(alarm.strikes, 1);
}

TEST_F(TimerWheelTest, ADisarmedOneIsSilent) {
  Alarm alarm(now_);
  alarm.deadline = now_ + 1s;
  wheel_.arm(alarm);
  wheel_.disarm(alarm);
  wheel_.disarm(alarm);
  EXPECT_EQ(wheel_.next(), TimerWheel::Never);
  go_to(now_ + 2s);
  EXPECT_EQ(alarm.strikes, 0);
}

TEST_F(TimerWheelTest, ALaterDeadlineIsFoundOutWhenTheOldOneStrikes) {
  Alarm alarm(now_);
  alarm.deadline = now_ + 1s;
  wheel_.arm(alarm);
  const Time later = now_ + 3s;
  alarm.deadline = later;
  go_to(now_ + 2s);
  EXPECT_EQ(alarm.strikes, 0);
  go_to(later + Tick);
  EXPECT_EQ(alarm.strikes, 1);
}

TEST_F(TimerWheelTest, MovesToAnEarlierMoment) {
  Alarm alarm(now_);
  wheel_.move(alarm, now_ + 10s);
  wheel_.move(alarm, now_ + 10ms);
  EXPECT_LE(wheel_.next(), now_ + 10ms + Tick);
  go_to(now_ + 20ms);
  EXPECT_EQ(alarm.strikes, 1);
}

TEST_F(TimerWheelTest, AStrikeMayArmAndDisarmOthers) {
  struct Chain : Timer {
    TimerWheel* wheel = nullptr;
    Timer* victim = nullptr;
    int strikes = 0;
  };
  Alarm victim(now_);
  Chain chain;
  chain.wheel = &wheel_;
  chain.victim = &victim;
  chain.fire = [](Timer& timer) noexcept {
    auto& self = static_cast<Chain&>(timer);
    self.wheel->disarm(*self.victim);
    if (++self.strikes < 3) self.wheel->move(self, self.deadline + 5ms);
  };
  victim.deadline = now_ + 10ms;
  chain.deadline = now_ + 10ms;
  wheel_.arm(victim);
  wheel_.arm(chain);  // In front of the victim, in the same slot.
  go_to(now_ + 1s);
  EXPECT_EQ(chain.strikes, 3);
  EXPECT_EQ(victim.strikes, 0);
}

TEST_F(TimerWheelTest, NextIsNeverLaterThanTheFirstDeadline) {
  Alarm alarm(now_);
  for (const Time delay : {Time(1ms), Time(63ms), Time(70ms), Time(5s), Time(300s), Time(48h)}) {
    wheel_.move(alarm, now_ + delay);
    while (alarm.strikes == 0) {
      ASSERT_LE(wheel_.next(), alarm.deadline + Tick);
      ASSERT_GT(wheel_.next(), now_ - Tick);
      go_to(wheel_.next());
    }
    EXPECT_LE(alarm.struck, alarm.deadline + Tick);
    alarm.strikes = 0;
  }
}

/// Random arming, moving, disarming and jumps of time, against a list that is searched each time.
TEST_F(TimerWheelTest, AgreesWithAPlainList) {
  std::mt19937_64 random(20);
  std::deque<Alarm> alarms;
  for (int i = 0; i < 200; ++i) alarms.emplace_back(now_);
  const auto some_delay = [&] { return Time(random() >> (24 + random() % 36)) % Time(30h * 24); };
  for (int round = 0; round < 20'000; ++round) {
    Alarm& alarm = alarms[random() % alarms.size()];
    switch (random() % 4) {
      case 0: wheel_.disarm(alarm); break;
      case 1: wheel_.move(alarm, now_ + some_delay()); break;
      case 2:
        if (alarm.armed) alarm.deadline += some_delay();
        break;
      default: {
        std::vector<const Alarm*> due;
        std::vector<const Alarm*> undecided;
        const Time until = now_ + some_delay() % Time(1h);
        for (Alarm& each : alarms) {
          each.strikes = 0;
          if (!each.armed) continue;
          if (each.deadline + Tick <= until)
            due.push_back(&each);
          else if (each.deadline - Tick <= until)
            undecided.push_back(&each);
        }
        go_to(until);
        for (const Alarm& each : alarms) {
          const bool expected = std::ranges::find(due, &each) != due.end();
          if (std::ranges::find(undecided, &each) != undecided.end()) continue;
          ASSERT_EQ(each.strikes, expected ? 1 : 0) << "round " << round;
        }
      }
    }
  }
}

}  // namespace
}  // namespace portico::loop
