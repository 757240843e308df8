// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::say;
using Kind = Incident::Kind;

struct Refuse final : Condition {
  [[nodiscard]] bool holds(const http::RequestState&) const noexcept override { return false; }
};
struct Accept final : Condition {
  [[nodiscard]] bool holds(const http::RequestState&) const noexcept override { return true; }
};

TEST(Descent, RunsLinksInOrderThenTheTerminal) {
  Kit kit;
  std::string order;
  kit.link([&](Request&) { return order += 'a', pass(); });
  kit.link([&](Request&) { return order += 'b', pass(); });
  kit.terminal([&](Request&) { return order += 't', say("hello"); });
  kit.start();
  EXPECT_EQ(order, "abt");
  EXPECT_EQ(kit.line.status, 200);
  EXPECT_EQ(kit.line.to_client, "hello");
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(Descent, StopsAtAReply) {
  Kit kit;
  kit.link([](Request&) { return say("no", Status::Forbidden); });
  kit.link([](Request&) -> Flow { throw std::logic_error("must not run"); });
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 403);
  EXPECT_TRUE(kit.journal.notes.empty());
}

TEST(Descent, SkipsLinksWhoseConditionDoesNotHold) {
  Kit kit;
  const Refuse refuse;
  const Accept accept;
  kit.link([](Request&) { return say("skipped", Status::Forbidden); }).when = &refuse;
  kit.link([](Request& q) { return q.headers().set("X-Seen", "1"), pass(); }).when = &accept;
  kit.terminal([](Request& q) { return say(*q.headers().get("X-Seen")); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "1");
}

TEST(Descent, AnswersFiveHundredWhenAMiddlewareThrows) {
  Kit kit;
  kit.link([](Request&) -> Flow { throw std::runtime_error("secret reason"); });
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(kit.line.to_client.find("secret"), std::string::npos);
  EXPECT_NE(kit.line.to_client.find("\"request_id\":\"r-1\""), std::string::npos);
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes[0].kind, Kind::Threw);
  EXPECT_EQ(kit.journal.notes[0].plugin, 1);
  EXPECT_EQ(kit.journal.notes[0].place, "link1");
  EXPECT_EQ(kit.journal.notes[0].what, "secret reason");
}

TEST(Descent, SurvivesAThrownInt) {
  Kit kit;
  kit.terminal([](Request&) -> Flow { throw 7; });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.journal.notes.at(0).plugin, 99);
}

TEST(Descent, AnswersWithWhatABadBodyCarries) {
  Kit kit;
  kit.link([](Request&) -> Flow {
    throw BadBody(problem(Status::UnprocessableContent, "invalid", "No."));
  });
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 422);
  EXPECT_TRUE(kit.journal.notes.empty());
}

TEST(Descent, RefusesForwardFromAMiddleware) {
  Kit kit;
  kit.link([](Request&) { return forward({.upstream = named_upstream("bookings")}); });
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.forwards, 0);
  EXPECT_TRUE(kit.journal.saw(Kind::Misused));
}

TEST(Descent, RefusesPassFromATerminal) {
  Kit kit;
  kit.terminal([](Request&) { return pass(); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_TRUE(kit.journal.saw(Kind::Misused));
}

TEST(Shadow, TurnsAReplyIntoAPass) {
  Kit kit;
  kit.link([](Request&) { return say("no", Status::TooManyRequests); }, Mode::Shadow);
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "yes");
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes[0].kind, Kind::Shadowed);
  EXPECT_EQ(kit.journal.notes[0].status, Status::TooManyRequests);
}

TEST(Shadow, TurnsAThrowIntoAPass) {
  Kit kit;
  kit.link([](Request&) -> Flow { throw 1; }, Mode::Shadow);
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "yes");
  EXPECT_TRUE(kit.journal.saw(Kind::Threw));
  EXPECT_TRUE(kit.journal.saw(Kind::Shadowed));
}

TEST(Shadow, StillRunsAfterAndFinally) {
  Kit kit;
  int finallys = 0;
  kit.link(
      [&](Request&) {
        return pass([](Response& r) { r.headers().set("X-Shadow", "1"); },
                    [&](const Outcome&) { ++finallys; });
      },
      Mode::Shadow);
  kit.terminal([](Request&) { return say("yes"); });
  kit.start();
  EXPECT_EQ(kit.line.field("X-Shadow"), "1");
  EXPECT_EQ(finallys, 1);
}

TEST(Descent, TakesRangeOutBeforeTheTerminalWhenALinkRewrites) {
  Kit kit;
  kit.request.fields.add_received("Range", "bytes=0-1");
  kit.request.fields.add_received("If-Range", "\"x\"");
  kit.link([](Request&) { return pass(); }).rewrites_response = true;
  kit.link([](Request& q) {
    EXPECT_TRUE(q.headers().has("Range"));
    return pass();
  });
  kit.terminal([](Request& q) {
    EXPECT_FALSE(q.headers().has("Range"));
    EXPECT_FALSE(q.headers().has("If-Range"));
    return say("whole");
  });
  kit.start();
  EXPECT_EQ(kit.line.status, 200);
}

TEST(Driver, ServesOneExchangeAfterAnother) {
  Kit kit;
  kit.terminal([](Request&) { return say("again"); });
  for (int i = 0; i < 3; ++i) {
    kit.start();
    EXPECT_EQ(kit.line.to_client, "again");
    kit.recycle();
  }
  EXPECT_EQ(kit.journal.outcomes.size(), 3U);
}

TEST(Driver, IgnoresEventsWithoutAnExchange) {
  Kit kit;
  kit.driver.client_gone();
  kit.driver.sent();
  kit.driver.request_body("x");
  kit.driver.fail({});
  EXPECT_TRUE(kit.journal.outcomes.empty());
}

}  // namespace
}  // namespace portico::pipeline
