// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::Line;
using simulation::say;
using Kind = Incident::Kind;

auto wants(std::uint64_t limit) {
  return [limit](Request& q) {
    return await(whole_body(q, Bytes{limit}), [](Request&, std::string_view bytes) {
      return say(std::to_string(bytes.size()));
    });
  };
}

TEST(WholeBody, ArrivesInPieces) {
  Kit kit;
  kit.terminal(wants(10));
  kit.request.head.body_length.reset();
  kit.start();
  kit.driver.request_body("abc");
  kit.driver.request_body("def");
  kit.driver.request_body_end();
  EXPECT_EQ(kit.line.to_client, "6");
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(WholeBody, IsThereAtOnceWhenThereIsNone) {
  Kit kit;
  kit.terminal(wants(10));
  kit.start();
  EXPECT_EQ(kit.line.to_client, "0");
}

TEST(WholeBody, IsRefusedByItsLengthBeforeAnythingIsRead) {
  Kit kit;
  kit.terminal(wants(10));
  kit.request.head.body_length = 11;
  kit.start();
  EXPECT_EQ(kit.line.status, 413);
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
  EXPECT_TRUE(kit.journal.saw(Kind::TooLarge));
}

TEST(WholeBody, IsRefusedAsSoonAsItIsTooLarge) {
  Kit kit;
  kit.terminal(wants(10));
  kit.request.head.body_length.reset();
  kit.start();
  kit.driver.request_body("0123456789");
  EXPECT_EQ(kit.line.heads, 0);
  kit.driver.request_body("x");
  EXPECT_EQ(kit.line.status, 413);
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
}

TEST(WholeBody, TooLargeForAShadowStillReachesTheTerminalWhole) {
  Kit kit;
  kit.link(wants(4), Mode::Shadow);
  kit.terminal([](Request&) { return forward({.upstream = named_upstream("u")}); });
  kit.body("0123456789", 3);
  kit.request.head.body_length.reset();
  kit.start();
  EXPECT_EQ(kit.line.request_body, RequestBody::Driven);
  EXPECT_EQ(kit.line.to_upstream, "0123456789");
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToUpstream)], 1);
  kit.driver.client_gone();
}

TEST(WholeBody, MayBeWantedAgain) {
  Kit kit;
  kit.link([](Request& q) {
    return await(whole_body(q, Bytes{10}), [](Request&, std::string_view) { return pass(); });
  });
  kit.terminal(wants(3));
  kit.body("abcd");
  kit.start();
  EXPECT_EQ(kit.line.status, 413);
}

TEST(WholeBody, IsWantedOnceAtATime) {
  Kit kit;
  kit.terminal([](Request& q) {
    return await(Operation<std::string_view>([&q](Resume<std::string_view> ready) -> Step<void()> {
                   auto first = whole_body(q, Bytes{10});
                   auto second = whole_body(q, Bytes{10});
                   const auto one = std::move(first).take()(ready);
                   const auto two = std::move(second).take()(ready);
                   return {};
                 }),
                 [](Request&, std::string_view) { return say("x"); });
  });
  kit.request.head.body_length.reset();
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
}

TEST(WholeBody, IsWantedOnlyWhileAnOperationRuns) {
  Kit kit;
  kit.terminal([](Request& q) {
    auto operation = whole_body(q, Bytes{10});
    const auto cancel = std::move(operation).take()(Resume<std::string_view>({}));
    return say("x");
  });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
}

TEST(WholeBody, IsNoLongerReadWhenAnotherThingEndsTheWait) {
  Kit kit;
  std::optional<Resume<std::string_view>> resume;
  kit.link([&](Request& q) {
    return await(Operation<std::string_view>([&](Resume<std::string_view> ready) -> Step<void()> {
                   resume = ready;
                   auto body = whole_body(q, Bytes{10});
                   return std::move(body).take()(ready);
                 }),
                 [](Request&, std::string_view) { return pass(); });
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.line.sent = Line::When::Later;
  kit.request.head.body_length.reset();
  kit.start();
  EXPECT_TRUE(kit.line.reading[Line::index(Way::ToUpstream)]);
  (*resume)("early");
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
  kit.driver.request_body("late");
  kit.driver.sent();
  EXPECT_EQ(kit.line.to_client, "x");
}

TEST(WholeBody, IsNotReadOnWhenTheClientGoes) {
  Kit kit;
  kit.terminal(wants(10));
  kit.request.head.body_length.reset();
  kit.start();
  kit.driver.client_gone();
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(WholeBody, NeedsAChain) {
  base::Arena arena;
  http::RequestState request(arena);
  EXPECT_THROW((void)whole_body(request, Bytes{1}), std::logic_error);
  EXPECT_THROW((void)timer(request, std::chrono::milliseconds(1)), std::logic_error);
}

TEST(HandlerBody, IsRefusedWhenItIsTooLarge) {
  Kit kit;
  kit.handler([](Request&) { return Response(); }, 4);
  kit.body("12345", 2);
  kit.request.head.body_length.reset();
  kit.start();
  EXPECT_EQ(kit.line.status, 413);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Handler);
  EXPECT_TRUE(kit.workers.jobs.empty());
}

TEST(HandlerBody, IsDroppedWhenTheClientGoesBeforeItsEnd) {
  Kit kit;
  kit.handler([](Request&) { return Response(); });
  kit.request.head.body_length = 10;
  kit.start();
  kit.driver.request_body("12345");
  kit.driver.client_gone();
  EXPECT_EQ(kit.line.releases, 1);
  EXPECT_TRUE(kit.workers.jobs.empty());
}

}  // namespace
}  // namespace portico::pipeline
