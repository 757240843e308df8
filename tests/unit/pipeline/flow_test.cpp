// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "pipeline/flow_state.h"
#include "pipeline/journal.h"
#include "pipeline/tickets.h"
#include <portico/flow.h>

#include <array>

#include <gtest/gtest.h>

namespace portico {
namespace {

TEST(Flow, IsAValueThatTestsCanLookAt) {
  EXPECT_EQ(pass().kind(), Flow::Kind::Pass);
  EXPECT_EQ(pass().response(), nullptr);
  EXPECT_EQ(pass([](Response&) {}).kind(), Flow::Kind::Pass);
  EXPECT_EQ(pass({}, [](const Outcome&) {}).response(), nullptr);
  EXPECT_EQ(forward({.path = "/u"}).kind(), Flow::Kind::Forward);
  EXPECT_EQ(defer([] {}, [](Request&) { return pass(); }).kind(), Flow::Kind::Defer);
  EXPECT_EQ(await(Operation<int>([](Resume<int>) -> Step<void()> { return {}; }),
                  [](Request&, int) { return pass(); })
                .kind(),
            Flow::Kind::Await);
}

TEST(Flow, HoldsTheAnswerOfAReply) {
  const Flow flow = reply(problem(Status::Forbidden, "no", "No."));
  ASSERT_NE(flow.response(), nullptr);
  EXPECT_EQ(flow.response()->status(), Status::Forbidden);
}

TEST(Flow, DestroysWhatIsNotUsed) {
  for (const bool in_request : {false, true}) {
    base::Arena arena;
    const base::ArenaScope scope(in_request ? &arena : nullptr);
    const auto held = std::make_shared<int>(1);
    {
      const Flow first = pass([held](Response&) {}, [held](const Outcome&) {});
      const Flow second = defer([held] {}, [held](Request&) { return pass(); });
      EXPECT_EQ(held.use_count(), 5);
    }
    EXPECT_EQ(held.use_count(), 1);
  }
}

TEST(Flow, MovesAndSwaps) {
  Flow flow = reply(Response(Status::Ok));
  flow = pass();
  EXPECT_EQ(flow.kind(), Flow::Kind::Pass);
  Flow moved = reply(Response(Status::Ok));
  flow = std::move(moved);
  EXPECT_EQ(flow.kind(), Flow::Kind::Reply);
}

TEST(Flow, KeepsACopyOfTheTargetsTextsWhileARequestIsServed) {
  base::Arena arena;
  const base::ArenaScope scope(arena);
  std::string text = "/bookings";
  const Flow flow = forward({.path = text, .query = text, .host = text});
  text = "/xxxxxxxx";
  const Target& target = detail::FlowAccess::state(flow)->target;
  EXPECT_EQ(target.path, "/bookings");
  EXPECT_EQ(target.query, "/bookings");
  EXPECT_EQ(target.host, "/bookings");
}

TEST(Turn, HasAWordForEach) {
  using pipeline::Turn;
  EXPECT_EQ(pipeline::word(Turn::Rule), "rule");
  EXPECT_EQ(pipeline::word(Turn::ResponseStage), "response stage");
}

TEST(Tickets, FindOnlyThePresentWait) {
  pipeline::Tickets tickets;
  auto& driver = *reinterpret_cast<pipeline::Driver*>(&tickets);
  const std::uint32_t slot = tickets.open(driver);
  const std::uint32_t first = tickets.renew(slot);
  EXPECT_EQ(tickets.find(slot, first), &driver);
  const std::uint32_t second = tickets.renew(slot);
  EXPECT_EQ(tickets.find(slot, first), nullptr);
  EXPECT_EQ(tickets.find(slot, second), &driver);
  tickets.close(slot);
  EXPECT_EQ(tickets.find(slot, second), nullptr);
}

TEST(Tickets, UseSlotsAgain) {
  pipeline::Tickets tickets;
  auto& driver = *reinterpret_cast<pipeline::Driver*>(&tickets);
  const std::uint32_t one = tickets.open(driver);
  const std::uint32_t two = tickets.open(driver);
  EXPECT_NE(one, two);
  const std::uint32_t old = tickets.renew(one);
  tickets.close(one);
  EXPECT_EQ(tickets.open(driver), one);
  EXPECT_EQ(tickets.find(one, old), nullptr);
}

}  // namespace
}  // namespace portico
