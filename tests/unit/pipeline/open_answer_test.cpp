// SPDX-License-Identifier: Apache-2.0
// Answers that stay open, driven without sockets.
#include "unit/pipeline/marking_stage.h"
#include "unit/pipeline/simulation.h"
#include <portico/stream.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {
namespace {

class OpenAnswer : public testing::Test {
 public:
  void serve(const FeedOptions& options = {}) {
    feed.emplace(options);
    feed->on_close([this] { ++closes; });
    kit.terminal([this](Request&) { return reply(stream(*feed, "text/plain")); });
  }

  int closes = 0;
  std::optional<Feed> feed;
  Kit kit;
};

TEST_F(OpenAnswer, SendsWhatWasWrittenBeforeItOpened) {
  serve();
  feed->write("early ");
  kit.start();
  EXPECT_EQ(kit.line.plan, AnswerBody::Driven);
  EXPECT_EQ(kit.line.to_client, "early ");
  kit.driver.client_gone();
}

TEST_F(OpenAnswer, SendsWhatIsWrittenLaterOnTheLoop) {
  serve();
  kit.start();
  EXPECT_TRUE(feed->write("one "));
  EXPECT_TRUE(feed->write("two"));
  EXPECT_EQ(kit.line.to_client, "") << "never within the writer's call";
  EXPECT_EQ(kit.loop.mails.size(), 1U) << "one letter for both";
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "one two");
  feed->end();
  kit.loop.run();
  EXPECT_EQ(kit.line.releases, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
  EXPECT_EQ(closes, 1);
  EXPECT_FALSE(feed->write("late"));
}

TEST_F(OpenAnswer, ClosesWhenTheClientGoes) {
  serve();
  kit.start();
  feed->write("never read");
  kit.driver.client_gone();
  EXPECT_EQ(closes, 1);
  EXPECT_FALSE(feed->open());
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "");
}

TEST_F(OpenAnswer, ClosesWhenItsAnswerIsNotSent) {
  serve();
  kit.link([](Request&) { return pass([](Response&) { throw 7; }); });
  kit.start();
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(closes, 1);
}

TEST_F(OpenAnswer, ClosesForHead) {
  serve();
  kit.request.head.method = "HEAD";
  kit.start();
  EXPECT_EQ(kit.line.plan, AnswerBody::None);
  EXPECT_EQ(closes, 1);
}

TEST_F(OpenAnswer, RefusesWhatHasNoRoom) {
  serve({.room = Bytes{4}});
  kit.start();
  EXPECT_TRUE(feed->write("1234"));
  EXPECT_FALSE(feed->write("5"));
  EXPECT_TRUE(feed->open());
  kit.loop.run();
  EXPECT_TRUE(feed->write("5678"));
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "12345678");
  kit.driver.client_gone();
}

TEST_F(OpenAnswer, CutsAClientThatIsTooSlowWhereItIsToldTo) {
  serve({.overflow = Overflow::Cut, .room = Bytes{4}});
  kit.start();
  EXPECT_FALSE(feed->write("12345"));
  EXPECT_FALSE(feed->open());
  kit.loop.run();
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Failed);
  EXPECT_EQ(closes, 1);
}

TEST_F(OpenAnswer, CutsAClientThatReadsNothingAtAll) {
  serve({.overflow = Overflow::Cut, .room = Bytes{HighWater}});
  kit.start();
  feed->write(std::string(HighWater, 'a'));
  kit.loop.run();
  feed->write(std::string(HighWater, 'b'));
  kit.loop.run();
  ASSERT_EQ(kit.line.aborts, 0);
  EXPECT_FALSE(feed->write("c"));
  kit.loop.run();
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(closes, 1);
}

TEST_F(OpenAnswer, WaitsForASlowClientWithoutTakingMore) {
  serve({.room = Bytes{4 * HighWater}});
  kit.start();
  feed->write(std::string(HighWater, 'a'));
  kit.loop.run();
  feed->write("b");
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client.size(), HighWater);
  kit.line.drain(Way::ToClient);
  EXPECT_EQ(kit.line.to_client.size(), HighWater + 1);
  kit.driver.client_gone();
}

TEST_F(OpenAnswer, IsRewrittenByStages) {
  serve();
  kit.link([](Request&) {
    return pass([](Response& response) { response.transform(std::make_unique<Mark>('m')); });
  });
  kit.start();
  feed->write("x");
  kit.loop.run();
  feed->end();
  kit.loop.run();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
  EXPECT_EQ(kit.line.to_client, "xm");
}

TEST_F(OpenAnswer, OutlivesTheRoutesTimeout) {
  serve();
  kit.chain.total_timeout = std::chrono::seconds(1);
  kit.start();
  kit.loop.advance(std::chrono::hours(1));
  EXPECT_EQ(kit.line.aborts, 0);
  feed->end();
  kit.loop.run();
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(OpenAnswer, EndsWhenTheServerLeaves) {
  serve();
  kit.start();
  feed->write("last words");
  kit.driver.leave();
  kit.loop.run();
  EXPECT_EQ(kit.line.to_client, "last words");
  EXPECT_EQ(kit.line.ends[0], 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST_F(OpenAnswer, AThrowingCloseIsNotedAndHarmless) {
  serve();
  feed->on_close([] { throw 7; });
  kit.start();
  kit.driver.client_gone();
  EXPECT_TRUE(kit.journal.saw(Incident::Kind::Threw));
}

TEST_F(OpenAnswer, AClosingFunctionMayThrowAnythingElseToo) {
  serve();
  feed->on_close([] { throw std::runtime_error("no"); });
  kit.start();
  kit.driver.client_gone();
  ASSERT_EQ(kit.journal.notes.size(), 1U);
  EXPECT_EQ(kit.journal.notes.front().what, "no");
}

TEST_F(OpenAnswer, AClientThatGoesWithTheHeadNeverOpensIt) {
  serve();
  kit.line.on_head = [this] { kit.driver.client_gone(); };
  kit.start();
  EXPECT_EQ(closes, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::ClientGone);
}

TEST_F(OpenAnswer, LeavingMeansNothingToAnAnswerThatIsNotOpen) {
  kit.link([](Request& request) {
    return await(timer(request, std::chrono::seconds(1)),
                 [](Request&, Elapsed) { return say("late"); });
  });
  kit.start();
  kit.driver.leave();
  kit.loop.advance(std::chrono::seconds(1));
  EXPECT_EQ(kit.line.to_client, "late");
}

TEST_F(OpenAnswer, AFeedThatIsClosedSaysSoAtOnce) {
  serve();
  kit.start();
  kit.driver.client_gone();
  bool told = false;
  feed->on_close([&told] { told = true; });
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace portico::pipeline::simulation
