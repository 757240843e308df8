// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::say;
using Kind = Incident::Kind;

/// A link that writes its letter on the way up and at the end.
auto letter(std::string& order, char name) {
  return [&order, name](Request&) {
    return pass([&order, name](Response&) { order += name; },
                [&order, name](const Outcome&) { order += static_cast<char>(name - 'a' + 'A'); });
  };
}

Flow answer(Status status) { return reply(Response(status)); }

TEST(Ascent, RunsAftersInnermostFirstThenFinallys) {
  Kit kit;
  std::string order;
  kit.link(letter(order, 'a'));
  kit.link(letter(order, 'b'));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(order, "baBA");
}

TEST(Ascent, RunsOnlyTheAftersOfLinksThatPassed) {
  Kit kit;
  std::string order;
  kit.link(letter(order, 'a'));
  kit.link([](Request&) { return answer(Status::Forbidden); });
  kit.link(letter(order, 'c'));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(order, "aA");
}

TEST(Ascent, RunsAftersOnCoresOwnErrors) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-Cors", "1"); }); });
  kit.terminal([](Request&) -> Flow { throw std::runtime_error("broken"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.field("X-Cors"), "1");
}

TEST(Ascent, ReplacesTheAnswerOfAnAfterThatThrowsAndGoesOn) {
  Kit kit;
  std::string order;
  kit.link(letter(order, 'a'));
  kit.link([](Request&) { return pass([](Response&) { throw std::runtime_error("after"); }); });
  kit.link(letter(order, 'c'));
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(order, "caCA");
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes[0].turn, Turn::After);
  EXPECT_EQ(kit.journal.notes[0].plugin, 2);
}

TEST(Ascent, SurvivesAnAfterThatThrowsAnInt) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response&) { throw 1; }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
}

TEST(Ascent, KeepsTheAnswerWhenAnAfterInShadowThrows) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response&) { throw 1; }); }, Mode::Shadow);
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "x");
  EXPECT_TRUE(kit.journal.saw(Kind::Threw));
}

TEST(Ascent, GoesOnWithFinallysWhenOneThrows) {
  Kit kit;
  std::string order;
  kit.link(letter(order, 'a'));
  kit.link([](Request&) {
    return pass({}, [](const Outcome&) { throw std::runtime_error("finally"); });
  });
  kit.link([](Request&) { return pass({}, [](const Outcome&) { throw 1; }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(order, "aA");
  EXPECT_EQ(kit.journal.notes.size(), 2U);
  EXPECT_EQ(kit.journal.notes[0].turn, Turn::Finally);
}

TEST(Ascent, TellsFinallysHowItEnded) {
  Kit kit;
  Outcome seen;
  kit.link([&](Request&) { return pass({}, [&](const Outcome& outcome) { seen = outcome; }); });
  kit.terminal([](Request&) { return say("hello"); });
  kit.line.sent = simulation::Line::When::Later;
  kit.start();
  EXPECT_EQ(kit.line.releases, 0);
  kit.loop.advance(std::chrono::milliseconds(5));
  kit.driver.sent();
  EXPECT_EQ(seen.how, Outcome::How::Answered);
  EXPECT_EQ(seen.status, Status::Ok);
  EXPECT_EQ(seen.bytes_received, 11U);
  EXPECT_EQ(seen.bytes_sent, 5U);
  EXPECT_EQ(seen.duration, std::chrono::milliseconds(5));
}

TEST(Ascent, RefusesAStatusThatIsNone) {
  for (const int status : {0, 100, 101, 199, 1000}) {
    Kit kit;
    kit.terminal([status](Request&) { return answer(static_cast<Status>(status)); });
    kit.start();
    EXPECT_EQ(kit.line.status, 500) << status;
    EXPECT_TRUE(kit.journal.saw(Kind::Misused));
  }
}

TEST(Ascent, LogsTheInternalTextOfAProblem) {
  Kit kit;
  kit.terminal([](Request&) {
    return reply(problem(Status::BadGateway, "upstream", "Try later.", "refused by 10.0.0.7"));
  });
  kit.start();
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes[0].kind, Kind::Internal);
  EXPECT_EQ(kit.journal.notes[0].what, "refused by 10.0.0.7");
  EXPECT_EQ(kit.line.to_client.find("10.0.0.7"), std::string::npos);
}

TEST(Framing, AddsContentLengthToACompleteBody) {
  Kit kit;
  kit.terminal([](Request&) {
    Response response;
    response.headers().set("Content-Length", "999");
    response.headers().set("Transfer-Encoding", "chunked");
    response.body("hello", "text/plain");
    return reply(std::move(response));
  });
  kit.start();
  EXPECT_EQ(kit.line.field("Content-Length"), "5");
  EXPECT_EQ(kit.line.field("Transfer-Encoding"), "-");
  EXPECT_EQ(kit.line.plan, AnswerBody::Held);
}

TEST(Framing, SendsNoBodyForHead) {
  Kit kit;
  kit.request.head.method = "HEAD";
  kit.terminal([](Request&) { return say("hello"); });
  kit.start();
  EXPECT_EQ(kit.line.field("Content-Length"), "5");
  EXPECT_EQ(kit.line.plan, AnswerBody::None);
}

TEST(Framing, KeepsTheLengthThatAnAnswerToHeadStates) {
  Kit kit;
  kit.request.head.method = "HEAD";
  kit.terminal([](Request&) {
    Response response;
    response.headers().set("Content-Length", "1234");
    return reply(std::move(response));
  });
  kit.start();
  EXPECT_EQ(kit.line.field("Content-Length"), "1234");
}

TEST(Framing, SendsNoBodyAndNoLengthWithNoContent) {
  Kit kit;
  kit.terminal([](Request&) { return say("ignored", Status::NoContent); });
  kit.start();
  EXPECT_EQ(kit.line.field("Content-Length"), "-");
  EXPECT_EQ(kit.line.plan, AnswerBody::None);
}

TEST(Framing, SendsNoBodyWithNotModified) {
  Kit kit;
  kit.terminal([](Request&) { return say("ignored", Status::NotModified); });
  kit.start();
  EXPECT_EQ(kit.line.plan, AnswerBody::None);
}

}  // namespace
}  // namespace portico::pipeline
