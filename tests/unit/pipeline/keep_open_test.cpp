// SPDX-License-Identifier: Apache-2.0
// Answers that stay open as long as something holds, driven without sockets.
#include "unit/pipeline/marking_stage.h"
#include "unit/pipeline/simulation.h"
#include <portico/stream.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {
namespace {

using namespace std::chrono_literals;

class KeepOpen : public testing::Test {
 public:
  KeepOpen() { kit.line.sent = Line::When::Later; }

  /// A link that lets the answer stay open as long as `holds`.
  Link& bind(Mode mode = Mode::Enforce) {
    return kit.link(
        [this](Request& request) {
          request.keep_open_while([this] {
            ++asked;
            return holds;
          });
          return pass();
        },
        mode);
  }
  void forward_to_upstream() {
    kit.terminal([](Request&) { return forward({.upstream = named_upstream("app")}); });
  }
  void upstream_says(Status status, std::string_view type = "text/plain") {
    const base::ArenaScope scope(kit.arena);
    Response response(status);
    response.headers().set("Content-Type", type);
    kit.driver.upstream_head(std::move(response));
  }
  [[nodiscard]] int ends_noted() const {
    return static_cast<int>(
        std::ranges::count(kit.journal.notes, Incident::Kind::Ended, &Recorder::Noted::kind));
  }

  Kit kit;
  bool holds = true;
  int asked = 0;
};

TEST_F(KeepOpen, AsksOnceASecondAndCutsATunnelThatMayNotGoOn) {
  bind();
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  kit.loop.advance(3s);
  EXPECT_EQ(asked, 3);
  EXPECT_EQ(kit.line.aborts, 0);
  holds = false;
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Failed);
  EXPECT_EQ(kit.outcome().status, Status::SwitchingProtocols);
  ASSERT_EQ(ends_noted(), 1);
  EXPECT_EQ(kit.journal.notes.front().place, "link1");
}

TEST_F(KeepOpen, EndsAFeedAsIfItHadComeToItsEnd) {
  const Feed feed;
  bind();
  kit.terminal([&feed](Request&) { return reply(stream(feed, "text/plain")); });
  kit.start();
  feed.write("one");
  kit.loop.run();
  holds = false;
  kit.loop.advance(1s);
  kit.loop.run();
  EXPECT_FALSE(feed.open());
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 1);
  EXPECT_EQ(kit.line.aborts, 0);
  kit.driver.sent();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
  EXPECT_EQ(ends_noted(), 1);
}

TEST_F(KeepOpen, EndsAnUpstreamsStreamOfEvents) {
  bind();
  forward_to_upstream();
  kit.start();
  upstream_says(Status::Ok, "Text/Event-Stream ; charset=utf-8");
  EXPECT_EQ(kit.line.plan, AnswerBody::Relayed);
  holds = false;
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 1);
  kit.driver.sent();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(KeepOpen, EndsAnUpstreamsStreamOfEventsThatStagesRewrite) {
  bind();
  kit.link([](Request&) {
    return pass([](Response& response) { response.transform(std::make_unique<Mark>('m')); });
  });
  forward_to_upstream();
  kit.start();
  upstream_says(Status::Ok, "text/event-stream");
  kit.driver.upstream_body("data: 1\n\n");
  holds = false;
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.drops, 1);
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToClient)], 1);
  kit.driver.upstream_body("data: 2\n\n");
  EXPECT_EQ(kit.line.to_client.find('2'), std::string::npos);
  kit.driver.sent();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(KeepOpen, AsksNothingOfAnAnswerThatDoesNotLast) {
  bind();
  forward_to_upstream();
  kit.start();
  upstream_says(Status::Ok);
  holds = false;
  kit.loop.advance(1h);
  EXPECT_EQ(asked, 0);
  EXPECT_TRUE(kit.loop.timers.empty());
  kit.driver.sent();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(KeepOpen, AsksNobodyWhoSaidNothing) {
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  EXPECT_TRUE(kit.loop.timers.empty());
  kit.driver.client_gone();
}

TEST_F(KeepOpen, StopsAskingWhenTheClientGoes) {
  bind();
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  EXPECT_EQ(kit.loop.timers.size(), 1U);
  kit.driver.client_gone();
  EXPECT_TRUE(kit.loop.timers.empty());
}

TEST_F(KeepOpen, NeedsEverythingToHold) {
  bool other = true;
  bind();
  kit.link([&other](Request& request) {
    request.keep_open_while([&other] { return other; });
    return pass();
  });
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.aborts, 0);
  other = false;
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.journal.notes.front().place, "link2");
}

TEST_F(KeepOpen, TakesWhatThrowsForANo) {
  kit.link([](Request& request) {
    request.keep_open_while([]() -> bool { throw std::runtime_error("no store"); });
    return pass();
  });
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  kit.loop.advance(1s);
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_TRUE(kit.journal.saw(Incident::Kind::Threw));
  EXPECT_TRUE(kit.journal.saw(Incident::Kind::Ended));
}

TEST_F(KeepOpen, OnlyTellsInShadowMode) {
  bind(Mode::Shadow);
  forward_to_upstream();
  kit.start();
  upstream_says(Status::SwitchingProtocols);
  holds = false;
  kit.loop.advance(1h);
  EXPECT_EQ(kit.line.aborts, 0);
  EXPECT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_TRUE(kit.journal.saw(Incident::Kind::Shadowed));
  kit.driver.client_gone();
}

TEST_F(KeepOpen, LetsGoOfItsClosuresWithTheRequest) {
  auto held = std::make_shared<int>(7);
  kit.link([&held](Request& request) {
    request.keep_open_while([held] { return *held == 7; });
    return pass();
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.line.sent = Line::When::AtOnce;
  kit.start();
  EXPECT_EQ(held.use_count(), 2);
  kit.recycle();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(KeepOpen, MeansNothingOutsideOfAChain) {
  EXPECT_THROW(static_cast<Request&>(kit.request).keep_open_while([] { return true; }),
               std::logic_error);
}

TEST_F(KeepOpen, RefusesAnEmptyFunction) {
  kit.link([](Request& request) {
    EXPECT_THROW(request.keep_open_while({}), std::invalid_argument);
    return pass();
  });
  kit.terminal([](Request&) { return say("x"); });
  kit.line.sent = Line::When::AtOnce;
  kit.start();
}

}  // namespace
}  // namespace portico::pipeline::simulation
