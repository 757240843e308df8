// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::say;
using Kind = Incident::Kind;
using namespace std::chrono_literals;

/// A link that waits for a number that the test provides.
struct Waiter {
  std::optional<Resume<int>> resume;
  int cancelled = 0;
  int got = 0;

  Flow operator()(Request&) {
    return await(Operation<int>([this](Resume<int> ready) -> Step<void()> {
                   resume = ready;
                   return [this] { ++cancelled; };
                 }),
                 [this](Request&, int value) {
                   got = value;
                   return pass();
                 });
  }
};

auto waits(Waiter& waiter) {
  return [&waiter](Request& request) { return waiter(request); };
}

TEST(Await, GoesOnWithTheResult) {
  Kit kit;
  Waiter waiter;
  kit.link(waits(waiter));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.heads, 0);
  (*waiter.resume)(7);
  EXPECT_EQ(waiter.got, 7);
  EXPECT_EQ(waiter.cancelled, 0);
  EXPECT_EQ(kit.line.to_client, "x");
}

TEST(Await, GoesOnWhenTheOperationEndsWithinItsStart) {
  Kit kit;
  kit.link([](Request&) {
    return await(Operation<int>([](Resume<int> ready) -> Step<void()> {
                   ready(1);
                   ready(2);
                   return [] { ADD_FAILURE() << "cancelled after its end"; };
                 }),
                 [](Request&, int value) {
                   EXPECT_EQ(value, 1);
                   return pass();
                 });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "x");
}

TEST(Await, WaitsManyTimesWithoutGrowingTheStack) {
  Kit kit;
  struct Loop {
    static Flow turn(int left) {
      if (left == 0) return pass();
      return await(Operation<int>([left](Resume<int> ready) -> Step<void()> {
                     ready(left - 1);
                     return {};
                   }),
                   [](Request&, int rest) { return turn(rest); });
    }
  };
  kit.link([](Request&) { return Loop::turn(100000); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "x");
}

TEST(Await, CancelsOnceWhenTheClientGoes) {
  Kit kit;
  Waiter waiter;
  kit.link(waits(waiter));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.driver.client_gone();
  EXPECT_EQ(waiter.cancelled, 1);
  EXPECT_EQ(kit.line.heads, 0);
  (*waiter.resume)(7);
  EXPECT_EQ(waiter.got, 0);
}

TEST(Await, IsDeafToAStaleTicketOfAnEarlierWait) {
  Kit kit;
  Waiter first;
  Waiter second;
  kit.link(waits(first));
  kit.link(waits(second));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  (*first.resume)(1);
  (*first.resume)(2);
  EXPECT_EQ(kit.line.heads, 0);
  EXPECT_EQ(second.got, 0);
  (*second.resume)(3);
  EXPECT_EQ(second.got, 3);
}

TEST(Await, IsDeafToAResumeWithinCancel) {
  Kit kit;
  kit.link([](Request&) {
    return await(
        Operation<int>([](Resume<int> ready) -> Step<void()> { return [ready] { ready(1); }; }),
        [](Request&, int) -> Flow { throw std::logic_error("must not run"); });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.driver.client_gone();
  EXPECT_EQ(kit.line.releases, 1);
  EXPECT_TRUE(kit.journal.notes.empty());
}

TEST(Await, IgnoresWhatCancelThrows) {
  Kit kit;
  kit.link([](Request&) {
    return await(Operation<int>([](Resume<int>) -> Step<void()> { return [] { throw 1; }; }),
                 [](Request&, int) { return pass(); });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.driver.client_gone();
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(Await, AnswersFiveHundredWhenStartThrows) {
  Kit kit;
  kit.link([](Request&) {
    return await(Operation<int>([](Resume<int> ready) -> Step<void()> {
                   ready(1);
                   throw std::runtime_error("start");
                 }),
                 [](Request&, int) { return pass(); });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Start);
}

TEST(Await, AnswersFiveHundredWhenThenThrows) {
  Kit kit;
  kit.link(
      [](Request& q) { return await(timer(q, 1ms), [](Request&, Elapsed) -> Flow { throw 3; }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.loop.advance(1ms);
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Then);
}

TEST(Await, NamesNoTicketOutsideAStart) {
  EXPECT_EQ(detail::starting().engine, nullptr);
  EXPECT_EQ(detail::claim({}), nullptr);
  detail::resume({});
}

TEST(Timer, EndsAfterItsDelay) {
  Kit kit;
  kit.link(
      [](Request& q) { return await(timer(q, 20ms), [](Request&, Elapsed) { return pass(); }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.loop.advance(19ms);
  EXPECT_EQ(kit.line.heads, 0);
  kit.loop.advance(1ms);
  EXPECT_EQ(kit.line.heads, 1);
}

TEST(Timer, IsDisarmedWhenTheClientGoes) {
  Kit kit;
  kit.link(
      [](Request& q) { return await(timer(q, 20ms), [](Request&, Elapsed) { return pass(); }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.driver.client_gone();
  EXPECT_TRUE(kit.loop.timers.empty());
}

TEST(Timer, IsDisarmedAtTheEndEvenWhenItsOperationForgetsIt) {
  Kit kit;
  kit.link([](Request& q) {
    return await(Operation<Elapsed>([&q](Resume<Elapsed> ready) -> Step<void()> {
                   auto start = timer(q, 20ms);
                   const Step<void()> forgotten = std::move(start).take()(ready);
                   return {};
                 }),
                 [](Request&, Elapsed) { return pass(); });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.driver.client_gone();
  EXPECT_TRUE(kit.loop.timers.empty());
}

}  // namespace
}  // namespace portico::pipeline
