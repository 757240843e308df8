// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/marking_stage.h"

namespace portico::pipeline {
namespace {

using simulation::head;
using simulation::Kit;
using simulation::Line;
using simulation::Mark;
using simulation::to_upstream;

auto attaches_to_request(char mark, Mark::Fault fault = Mark::Fault::None) {
  return [mark, fault](Request& q) {
    q.transform(std::make_unique<Mark>(mark, fault));
    return pass();
  };
}

TEST(RequestStages, RewriteWhatIsForwarded) {
  Kit kit;
  kit.request.fields.add_received("Content-Length", "5");
  kit.body("hello", 2);
  kit.link(attaches_to_request('a'));
  kit.link(attaches_to_request('b'));
  kit.terminal(to_upstream);
  kit.start();
  EXPECT_EQ(kit.line.request_body, RequestBody::Driven);
  EXPECT_EQ(kit.line.to_upstream, "helloab");
  EXPECT_FALSE(kit.request.fields.has("Content-Length"));
  EXPECT_FALSE(kit.request.head.body_length.has_value());
  head(kit);
  EXPECT_EQ(kit.line.status, 200);
}

TEST(RequestStages, DoNotRunWithoutABody) {
  Kit kit;
  kit.link(attaches_to_request('a'));
  kit.terminal(to_upstream);
  kit.start();
  EXPECT_EQ(kit.line.request_body, RequestBody::Relayed);
  head(kit);
  EXPECT_EQ(kit.line.to_upstream, "");
}

TEST(RequestStages, RewriteWhatAHandlerReads) {
  Kit kit;
  kit.body("hello");
  kit.link(attaches_to_request('a'));
  kit.handler([](Request& q) {
    Response response;
    response.body(q.body(), "text/plain");
    return response;
  });
  kit.start();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "helloa");
}

TEST(RequestStages, DoNotRunForAHandlerWithoutABody) {
  Kit kit;
  kit.link(attaches_to_request('a', Mark::Fault::End));
  kit.handler([](Request&) { return Response(); });
  kit.start();
  kit.workers.run();
  kit.loop.run();
  EXPECT_EQ(kit.line.status, 200);
}

TEST(RequestStages, MustNotOutgrowTheHandlersLimit) {
  Kit kit;
  kit.body("hello");
  kit.link(attaches_to_request('a'));
  kit.handler([](Request&) { return Response(); }, 5);
  kit.start();
  EXPECT_EQ(kit.line.status, 413);
}

TEST(RequestStages, AnswerFiveHundredWhenOneThrowsForAHandler) {
  Kit kit;
  kit.body("hello");
  kit.link(attaches_to_request('a', Mark::Fault::Chunk));
  kit.handler([](Request&) { return Response(); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.journal.notes.at(0).turn, Turn::RequestStage);
  EXPECT_EQ(kit.journal.notes.at(0).plugin, 1);
}

TEST(RequestStages, AnswerFiveHundredWhenOneThrowsOnItsWayUp) {
  Kit kit;
  kit.body("hello");
  kit.link(attaches_to_request('a', Mark::Fault::Chunk));
  kit.terminal(to_upstream);
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.drops, 1);
}

TEST(RequestStages, CutTheConnectionWhenOneThrowsBehindTheAnswersHead) {
  Kit kit;
  kit.request.head.body_length.reset();
  kit.link(attaches_to_request('a', Mark::Fault::Chunk));
  kit.terminal(to_upstream);
  kit.line.sent = Line::When::Later;
  kit.start();
  head(kit);
  kit.driver.request_body("x");
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Failed);
}

TEST(RequestStages, DoNotRunWhenTheClientGoesWithTheForward) {
  Kit kit;
  kit.body("hello");
  kit.link(attaches_to_request('a'));
  kit.terminal(to_upstream);
  kit.line.on_forward = [&] { kit.driver.client_gone(); };
  kit.start();
  EXPECT_EQ(kit.line.to_upstream, "");
  EXPECT_EQ(kit.line.drops, 1);
}

TEST(RequestStages, HeedBackPressure) {
  Kit kit;
  const std::string large(1 << 20, 'x');
  kit.body(large, 50000);
  kit.link(attaches_to_request('a'));
  kit.terminal(to_upstream);
  kit.start();
  int drains = 0;
  while (kit.line.ends[Line::index(Way::ToUpstream)] == 0 && drains < 100) {
    kit.line.drain(Way::ToUpstream);
    ++drains;
  }
  EXPECT_EQ(kit.line.to_upstream, large + "a");
  EXPECT_GT(drains, 2);
  head(kit);
  EXPECT_EQ(kit.line.status, 200);
}

TEST(RequestStages, StopWhenTheUpstreamAnswersWithoutTheRest) {
  Kit kit;
  kit.request.head.body_length.reset();
  kit.link(attaches_to_request('a'));
  kit.terminal(to_upstream);
  kit.start();
  kit.driver.request_body("x");
  head(kit);
  EXPECT_EQ(kit.line.status, 200);
  EXPECT_FALSE(kit.line.reading[Line::index(Way::ToUpstream)]);
}

}  // namespace
}  // namespace portico::pipeline
