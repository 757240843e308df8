// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::say;
using Kind = Incident::Kind;

TEST(Defer, RunsTheJobOnAWorkerAndGoesOn) {
  Kit kit;
  kit.link([](Request&) {
    return defer([] { return 41; },
                 [](Request&, int value) {
                   EXPECT_EQ(value, 41);
                   return pass();
                 });
  });
  kit.link([](Request&) { return defer([] {}, [](Request&) { return pass(); }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.workers.run();
  EXPECT_EQ(kit.line.heads, 0);
  kit.loop.run();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "x");
}

TEST(Defer, AnswersFiveHundredWhenTheJobThrows) {
  for (const bool standard : {true, false}) {
    Kit kit;
    kit.link([standard](Request&) {
      return defer(
          [standard] {
            if (standard) throw std::runtime_error("job");
            throw 5;
          },
          [](Request&) { return pass(); });
    });
    kit.terminal([](Request&) { return say("x"); });
    kit.start();
    kit.workers.run();
    kit.loop.run();
    EXPECT_EQ(kit.line.status, 500);
    EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Job);
  }
}

TEST(Defer, AnswersBusyAtOnceWhenThePoolIsFull) {
  Kit kit;
  kit.workers.room = 0;
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-After", "1"); }); });
  kit.link([](Request&) { return defer([] {}, [](Request&) { return pass(); }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.status, 503);
  EXPECT_EQ(kit.line.field("Retry-After"), "1");
  EXPECT_EQ(kit.line.field("X-After"), "1");
  EXPECT_TRUE(kit.journal.saw(Kind::PoolFull));
}

TEST(Defer, IsDroppedWhenThePoolStops) {
  Kit kit;
  kit.link([](Request&) { return defer([] {}, [](Request&) { return pass(); }); });
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  kit.workers.drop();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 503);
}

TEST(Defer, PassesInShadowWhenThePoolIsFull) {
  Kit kit;
  kit.workers.room = 0;
  kit.link([](Request&) { return defer([] {}, [](Request&) { return pass(); }); }, Mode::Shadow);
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  EXPECT_EQ(kit.line.to_client, "x");
  EXPECT_TRUE(kit.journal.saw(Kind::Shadowed));
}

TEST(Worker, KeepsEverythingUntilItIsBackWhenTheClientGoes) {
  Kit kit;
  int finallys = 0;
  kit.link([&](Request&) { return pass({}, [&](const Outcome&) { ++finallys; }); });
  kit.handler([](Request& q) {
    Response response;
    response.body(q.path(), "text/plain");
    return response;
  });
  kit.start();
  kit.driver.client_gone();
  EXPECT_EQ(finallys, 0);
  EXPECT_EQ(kit.line.releases, 0);
  kit.workers.run();
  EXPECT_EQ(kit.line.releases, 0);
  kit.loop.run();
  EXPECT_EQ(finallys, 1);
  EXPECT_EQ(kit.line.heads, 0);
  EXPECT_EQ(kit.outcome().how, Outcome::How::ClientGone);
}

TEST(Worker, AnswersTheDeadlineWhenItIsBack) {
  Kit kit;
  kit.handler([](Request&) { return Response(Status::Ok); });
  kit.start();
  kit.driver.fail({.status = Status::GatewayTimeout, .code = "timeout", .sentence = "Too slow."});
  EXPECT_EQ(kit.line.heads, 0);
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 504);
}

TEST(Handler, AnswersWithWhatItReturns) {
  Kit kit;
  kit.handler([](Request& q) {
    Response response(Status::Created);
    response.body(q.body(), "text/plain");
    return response;
  });
  kit.body("posted");
  kit.start();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 201);
  EXPECT_EQ(kit.line.to_client, "posted");
}

TEST(Handler, AnswersWithWhatABadBodyCarries) {
  Kit kit;
  kit.handler([](Request&) -> Response { throw BadBody(Response(Status::UnprocessableContent)); });
  kit.start();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 422);
}

TEST(Handler, AnswersFiveHundredWhenItThrows) {
  Kit kit;
  kit.handler([](Request&) -> Response { throw 1; });
  kit.start();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Handler);
}

TEST(Handler, AnswersBusyAtOnceWhenThePoolIsFull) {
  Kit kit;
  kit.workers.room = 0;
  kit.handler([](Request&) { return Response(); });
  kit.start();
  EXPECT_EQ(kit.line.status, 503);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::Handler);
}

}  // namespace
}  // namespace portico::pipeline
