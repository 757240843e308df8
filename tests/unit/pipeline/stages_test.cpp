// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

#include <stdexcept>

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::Line;
using simulation::say;
using Kind = Incident::Kind;

/// Doubles each byte or appends its mark at the end; throws when told to.
class Mark final : public BodyStage {
 public:
  enum class Fault : std::uint8_t { None, Chunk, End, Int };
  explicit Mark(char mark, Fault fault = Fault::None) : mark_(mark), fault_(fault) {}

  void on_chunk(std::string_view bytes, Sink& sink) override {
    if (fault_ == Fault::Chunk) throw std::runtime_error("chunk");
    if (fault_ == Fault::Int) throw 1;
    sink.write(bytes);
    EXPECT_FALSE(sink.full() && bytes.size() < 10);
  }
  void on_end(Sink& sink) override {
    if (fault_ == Fault::End) throw std::runtime_error("end");
    sink.write({&mark_, 1});
  }

 private:
  char mark_;
  Fault fault_;
};

auto attaches(char mark, Mark::Fault fault = Mark::Fault::None) {
  return [mark, fault](Request&) {
    return pass([mark, fault](Response& r) { r.transform(std::make_unique<Mark>(mark, fault)); });
  };
}

auto attaches_to_request(char mark, Mark::Fault fault = Mark::Fault::None) {
  return [mark, fault](Request& q) {
    q.transform(std::make_unique<Mark>(mark, fault));
    return pass();
  };
}

void head(Kit& kit, Status status = Status::Ok) {
  const base::ArenaScope scope(kit.arena);
  Response response(status);
  response.headers().set("Content-Length", "5");
  response.headers().set("Accept-Ranges", "bytes");
  response.headers().set("Digest", "x");
  response.headers().set("ETag", "\"v1\"");
  kit.driver.upstream_head(std::move(response));
}

Flow to_upstream(Request&) { return forward({.upstream = "u"}); }

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

TEST(ResponseStages, CutTheConnectionWhenOneThrows) {
  for (const auto fault : {Mark::Fault::Chunk, Mark::Fault::Int, Mark::Fault::End}) {
    Kit kit;
    kit.link(attaches('a', fault));
    kit.link(attaches('b'));
    kit.terminal([](Request&) { return say("body"); });
    kit.start();
    EXPECT_EQ(kit.line.aborts, 1);
    EXPECT_EQ(kit.outcome().how, Outcome::How::Failed);
    ASSERT_EQ(kit.journal.notes.size(), 1U);
    EXPECT_EQ(kit.journal.notes[0].turn, Turn::ResponseStage);
    EXPECT_EQ(kit.journal.notes[0].plugin, 1);
  }
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
  Kit kit;
  kit.link(attaches('a'));
  kit.terminal([](Request&) { return say("body"); });
  kit.line.on_head = [&] { kit.driver.fail({}); };
  kit.start();
  EXPECT_EQ(kit.line.aborts, 1);
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
