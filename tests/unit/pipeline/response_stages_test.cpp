// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/marking_stage.h"

namespace portico::pipeline {
namespace {

using simulation::head;
using simulation::Kit;
using simulation::Line;
using simulation::Mark;
using simulation::say;
using simulation::to_upstream;
using Kind = Incident::Kind;

auto attaches(char mark, Mark::Fault fault = Mark::Fault::None) {
  return [mark, fault](Request&) {
    return pass([mark, fault](Response& r) { r.transform(std::make_unique<Mark>(mark, fault)); });
  };
}

TEST(ResponseStages, RunInTheOrderAttached) {
  Kit kit;
  kit.link(attaches('a'));
  kit.link(attaches('b'));
  kit.terminal([](Request&) { return say("body"); });
  kit.start();
  // 'b' is the inner one and attached first; its mark passes through 'a'.
  EXPECT_EQ(kit.line.to_client, "bodyba");
  EXPECT_EQ(kit.line.plan, AnswerBody::Driven);
}

TEST(ResponseStages, CorrectTheHead) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal(to_upstream);
  kit.start();
  head(kit);
  EXPECT_EQ(kit.line.field("Content-Length"), "-");
  EXPECT_EQ(kit.line.field("Accept-Ranges"), "-");
  EXPECT_EQ(kit.line.field("Digest"), "-");
  EXPECT_EQ(kit.line.field("ETag"), "W/\"v1\"");
  kit.driver.upstream_body("he");
  kit.driver.upstream_body("llo");
  kit.driver.upstream_end();
  EXPECT_EQ(kit.line.to_client, "helloa");
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 1);
}

TEST(ResponseStages, LeaveAWeakTagAlone) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal([](Request&) {
    Response response;
    response.headers().set("ETag", "W/\"v1\"");
    return reply(std::move(response));
  });
  kit.start();
  EXPECT_EQ(kit.line.field("ETag"), "W/\"v1\"");
  EXPECT_EQ(kit.line.to_client, "a");
}

TEST(ResponseStages, DoNotRunWithoutABody) {
  for (const std::string_view method : {"HEAD", "GET"}) {
    Kit kit;
    kit.request.head.method = method;
    kit.link(attaches('a', Mark::Fault::End));
    kit.terminal([method](Request&) {
      return say("body", method == "GET" ? Status::NoContent : Status::Ok);
    });
    kit.start();
    EXPECT_EQ(kit.line.plan, AnswerBody::None);
    EXPECT_EQ(kit.line.to_client, "");
    EXPECT_TRUE(kit.journal.notes.empty());
  }
}

TEST(ResponseStages, RefuseAPartOfABody) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-Outer", "1"); }); });
  kit.link(attaches('a'));
  kit.terminal([](Request&) { return say("part", Status::PartialContent); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.field("X-Outer"), "1");
  EXPECT_TRUE(kit.journal.saw(Kind::Misused));
}

TEST(ResponseStages, AnswerFiveHundredWhenOneThrowsBeforeAnyByteIsOut) {
  for (const auto fault : {Mark::Fault::Chunk, Mark::Fault::Int, Mark::Fault::End}) {
    Kit kit;
    kit.link(attaches('a', fault));
    kit.terminal([fault](Request&) { return say(fault == Mark::Fault::End ? "" : "body"); });
    kit.start();
    EXPECT_EQ(kit.line.status, 500);
    EXPECT_EQ(kit.line.field("Content-Type"), "application/problem+json");
    EXPECT_EQ(kit.line.plan, AnswerBody::Held);
    EXPECT_EQ(kit.line.aborts, 0);
    EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
    EXPECT_EQ(kit.outcome().status, Status::InternalServerError);
    ASSERT_EQ(kit.journal.notes.size(), 1U);
    EXPECT_EQ(kit.journal.notes[0].turn, Turn::ResponseStage);
    EXPECT_EQ(kit.journal.notes[0].plugin, 1);
  }
}

TEST(ResponseStages, KeepOnTheirFiveHundredWhatAftersOutsideOfThemHaveSet) {
  Kit kit;
  kit.link([](Request&) {
    return pass([](Response& r) {
      r.headers().set("X-Cors", "1");
      r.headers().set("X-Empty", "");
      r.headers().set("Cache-Control", "no-store");
      r.headers().set("Content-Type", "text/html");
    });
  });
  kit.link([](Request&) {
    return pass([](Response& r) {
      r.headers().set("X-Inner", "");
      r.transform(std::make_unique<Mark>('a', Mark::Fault::Chunk));
    });
  });
  kit.terminal([](Request&) {
    Response response;
    response.body("body", "text/plain");
    response.headers().set("Set-Cookie", "session=1");
    response.headers().set("Cache-Control", "public");
    response.headers().set("ETag", "\"v1\"");
    return reply(std::move(response));
  });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.field("X-Cors"), "1");
  EXPECT_EQ(kit.line.field("X-Empty"), "");
  EXPECT_EQ(kit.line.field("Cache-Control"), "no-store");
  EXPECT_EQ(kit.line.field("Content-Type"), "application/problem+json");
  for (const std::string_view gone : {"X-Inner", "Set-Cookie", "ETag"}) {
    EXPECT_EQ(kit.line.field(gone), "-") << gone;
  }
}

TEST(ResponseStages, KeepOnTheirFiveHundredWhatAftersSetBehindARepliesOwnStage) {
  Kit kit;
  // Made outside of any request, so in memory of its own.
  Response ready;
  ready.body("body", "text/plain");
  ready.headers().set("Set-Cookie", "session=1");
  ready.transform(std::make_unique<Mark>('a', Mark::Fault::Chunk));
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-Cors", "1"); }); });
  kit.terminal([&ready](Request&) { return reply(std::move(ready)); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.field("X-Cors"), "1");
  EXPECT_EQ(kit.line.field("Set-Cookie"), "-");
}

TEST(ResponseStages, CutTheConnectionWhenOneThrowsBehindAByte) {
  Kit kit;
  kit.link(attaches('a', Mark::Fault::End));
  kit.link(attaches('b'));
  kit.terminal([](Request&) { return say("body"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 200);
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Failed);
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes[0].turn, Turn::ResponseStage);
  EXPECT_EQ(kit.journal.notes[0].plugin, 1);
}

TEST(ResponseStages, DropTheUpstreamWhenOneThrows) {
  Kit kit;
  kit.link(attaches('a', Mark::Fault::Chunk));
  kit.terminal(to_upstream);
  kit.start();
  head(kit);
  kit.driver.upstream_body("x");
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.line.drops, 1);
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(ResponseStages, HeedBackPressureOfAHeldBody) {
  Kit kit;
  const std::string large(1 << 20, 'x');
  kit.link(attaches('a'));
  kit.terminal([&](Request&) { return say(large); });
  kit.start();
  int drains = 0;
  while (kit.line.releases == 0 && drains < 100) {
    kit.line.drain(Way::ToClient);
    ++drains;
  }
  EXPECT_EQ(kit.line.to_client, large + "a");
  EXPECT_EQ(drains, 4);
}

TEST(ResponseStages, HeedBackPressureOfAnUpstream) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal(to_upstream);
  kit.start();
  head(kit);
  const std::size_t from_upstream = Line::index(Way::ToClient);
  EXPECT_TRUE(kit.line.reading[from_upstream]);
  kit.driver.upstream_body(std::string(HighWater, 'x'));
  EXPECT_FALSE(kit.line.reading[from_upstream]);
  kit.line.drain(Way::ToClient);
  EXPECT_TRUE(kit.line.reading[from_upstream]);
  kit.driver.upstream_end();
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(ResponseStages, StopWhenTheClientGoes) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal(to_upstream);
  kit.start();
  head(kit);
  kit.driver.upstream_body("x");
  kit.driver.client_gone();
  EXPECT_EQ(kit.line.drops, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::ClientGone);
}

TEST(ResponseStages, StopWhenTheClientGoesWithTheHead) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal([](Request&) { return say("body"); });
  kit.line.on_head = [&] { kit.driver.client_gone(); };
  kit.start();
  EXPECT_EQ(kit.line.to_client, "");
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(ResponseStages, AreNotCutShortByAnEarlySent) {
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal(to_upstream);
  kit.start();
  head(kit);
  kit.driver.sent();
  EXPECT_TRUE(kit.driver.busy());
  kit.driver.upstream_end();
  EXPECT_EQ(kit.line.to_client, "a");
}

TEST(ResponseStages, StopWhenAFailureComesWithTheHead) {
  for (const std::string_view body : {"body", ""}) {
    Kit kit;
    kit.link(attaches('a'));
    kit.terminal([body](Request&) { return say(body); });
    kit.line.on_head = [&] { kit.driver.fail({}); };
    kit.start();
    EXPECT_EQ(kit.line.aborts, 1);
    EXPECT_EQ(kit.line.to_client, "");
    EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 0);
  }
}

TEST(ResponseStages, StopWhenAnUpstreamsHeadEndsTheExchange) {
  for (const bool gone : {true, false}) {
    Kit kit;
    kit.link(attaches('a'));
    kit.terminal(to_upstream);
    kit.line.on_head = [&] { gone ? kit.driver.client_gone() : kit.driver.fail({}); };
    kit.start();
    head(kit);
    EXPECT_EQ(kit.line.aborts, gone ? 0 : 1);
    EXPECT_EQ(kit.line.drops, 1);
    EXPECT_FALSE(kit.line.reading[Line::index(Way::ToClient)]);
    EXPECT_EQ(kit.line.releases, 1);
  }
}

TEST(ResponseStages, SendTheHeadOfABodyOfWhichTheyLeaveNothing) {
  class Swallow final : public BodyStage {
    void on_chunk(std::string_view, Sink&) override {}
    void on_end(Sink&) override {}
  };
  Kit kit;
  kit.link(
      [](Request&) { return pass([](Response& r) { r.transform(std::make_unique<Swallow>()); }); });
  kit.terminal([](Request&) { return say("body"); });
  kit.start();
  EXPECT_EQ(kit.line.heads, 1);
  EXPECT_EQ(kit.line.plan, AnswerBody::Driven);
  EXPECT_EQ(kit.line.to_client, "");
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 1);
}

}  // namespace
}  // namespace portico::pipeline
