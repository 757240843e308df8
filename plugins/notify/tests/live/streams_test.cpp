// SPDX-License-Identifier: Apache-2.0
#include "live/stage.h"

#include <thread>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using State = Ear::State;
using Lines = std::vector<std::string>;

class StreamsTest : public ::testing::Test {
 public:
  std::shared_ptr<Ear> listen(const std::string& topic, std::int64_t seq,
                              const std::string& user = "ada", bool own = false) {
    auto ear = std::make_shared<Ear>();
    streams.listen(std::make_unique<Listener>(
                       Listener::Who{.topic = topic, .user = user, .own = own, .seq = seq},
                       std::make_unique<EarOutlet>(ear)),
                   now);
    return ear;
  }
  void say(const std::string& topic, int times = 1) {
    for (int i = 0; i < times; ++i) streams.said(topic, stage.say(topic), now);
  }
  static Lines numbers(int first, int last) {
    Lines all;
    for (int i = first; i <= last; ++i) all.push_back(std::to_string(i));
    return all;
  }

  Stage stage;
  Audience audience;
  Streams streams{stage, audience};
  std::chrono::nanoseconds now{1h};
};

// Case 151: who comes back hears what they have missed, in order and without a gap.
TEST_F(StreamsTest, GoOnBehindWhatWasSeen) {
  say("orders", 30);
  const auto ear = listen("orders", 10);
  EXPECT_EQ(ear->heard(), numbers(11, 30));
  say("orders", 3);
  EXPECT_EQ(ear->heard(), numbers(11, 33));
}

TEST_F(StreamsTest, TellEverybodyInTheRoomAndNobodyElse) {
  const auto one = listen("orders", 0);
  const auto other = listen("orders", 0, "bob");
  const auto elsewhere = listen("bills", 0);
  say("orders", 2);
  EXPECT_EQ(one->heard(), numbers(1, 2));
  EXPECT_EQ(other->heard(), numbers(1, 2));
  EXPECT_TRUE(elsewhere->heard().empty());
}

TEST_F(StreamsTest, MissNothingThatIsSaidWhileSomebodyBegins) {
  say("orders", 3);
  bool within = false;
  int left = 2;
  stage.meanwhile = [&] {
    if (std::exchange(within, true)) return;
    if (left-- > 0) say("orders");
    within = false;
  };
  EXPECT_EQ(listen("orders", 0)->heard(), numbers(1, 5));
  EXPECT_LT(left, 1) << "something was said before they had joined, and after";
}

TEST_F(StreamsTest, ReadNothingThatEverybodyHasHeard) {
  const auto ear = listen("orders", 0);
  say("orders", 4);
  const int before = stage.readings();
  streams.said("orders", 4, now);
  streams.said("orders", 2, now);
  EXPECT_EQ(stage.readings(), before);
  EXPECT_EQ(ear->heard(), numbers(1, 4));
}

TEST_F(StreamsTest, FindWhatNobodyToldThemOf) {
  const auto ear = listen("orders", 0);
  stage.say("orders");
  EXPECT_TRUE(ear->heard().empty());
  streams.look(now);
  EXPECT_EQ(ear->heard(), numbers(1, 1));
}

TEST_F(StreamsTest, SayWhatIsLost) {
  say("orders", 20);
  stage.purge("orders", 1, 5);
  stage.purge("orders", 8, 9);
  const auto ear = listen("orders", 2);
  const Lines heard = ear->heard();
  ASSERT_EQ(heard.size(), 15U);
  EXPECT_EQ(heard[0], R"(gap {"from":3,"to":5} 5)");
  EXPECT_EQ(heard[1], "6");
  EXPECT_EQ(heard[3], R"(gap {"from":8,"to":9} 9)");
  EXPECT_EQ(heard.back(), "20");
}

TEST_F(StreamsTest, SayThatAllIsLost) {
  say("orders", 20);
  stage.purge("orders", 1, 20);
  const auto ear = listen("orders", 15);
  EXPECT_EQ(ear->heard(), Lines{R"(gap {"from":16,"to":20} 20)"});
  say("orders");
  EXPECT_EQ(ear->heard().back(), "21");
}

TEST_F(StreamsTest, BeginAtTheLastForWhoHasSeenMoreThanThereIs) {
  say("orders", 3);
  const auto ear = listen("orders", 900);
  EXPECT_EQ(ear->heard(), Lines{R"(gap {"from":1,"to":3} 3)"});
  say("orders");
  EXPECT_EQ(ear->heard().back(), "4");
}

TEST_F(StreamsTest, BeginWithTheFirstWhereNothingWasSaidYet) {
  const auto ear = listen("orders", 900);
  EXPECT_TRUE(ear->heard().empty());
  say("orders");
  EXPECT_EQ(ear->heard(), numbers(1, 1));
}

TEST_F(StreamsTest, TellAPartOfMuchAndThatThereIsMore) {
  for (int i = 0; i < 40; ++i) stage.say("orders", std::string(16ULL * 1024, '1'));
  Lines all;
  std::int64_t seen = 0;
  for (int visits = 0; seen < 40; ++visits) {
    ASSERT_LT(visits, 10);
    const auto ear = listen("orders", seen);
    EXPECT_LE(ear->bytes, 192U * 1024) << "a feed holds 256 KiB";
    EXPECT_EQ(ear->state, ear->last() == 40 ? State::Open : State::ToldToComeBack);
    for (const std::string& line : ear->heard()) all.push_back(line);
    seen = ear->last();
    ear->state = State::Gone;
  }
  EXPECT_EQ(all, numbers(1, 40));
}

TEST_F(StreamsTest, LetGoOfWhoIsGone) {
  const auto gone = listen("orders", 0);
  const auto here = listen("orders", 0, "bob");
  gone->state = State::Gone;
  say("orders");
  EXPECT_TRUE(gone->heard().empty());
  EXPECT_EQ(here->heard(), numbers(1, 1));
  EXPECT_EQ(gone.use_count(), 1) << "nothing of theirs is kept";
}

TEST_F(StreamsTest, EmptyRoomsAreGivenUp) {
  const auto ear = listen("orders", 0);
  EXPECT_NE(audience.room("orders"), nullptr);
  ear->state = State::Gone;
  streams.look(now);
  EXPECT_EQ(audience.room("orders"), nullptr);
}

TEST_F(StreamsTest, KeepSilentOnesAlive) {
  const auto ear = listen("orders", 0);
  for (int i = 0; i < 19; ++i) streams.look(now += 1s);
  EXPECT_EQ(ear->keep_alives, 0);
  streams.look(now += 1s);
  EXPECT_EQ(ear->keep_alives, 1);
  now += 19s;
  say("orders");
  streams.look(now += 1s);
  EXPECT_EQ(ear->keep_alives, 1) << "what was said keeps it alive too";
}

TEST_F(StreamsTest, EndForWhoIsSubscribedNoLonger) {
  stage.subscribe("orders", "ada");
  stage.subscribe("orders", "bob");
  const auto ada = listen("orders", 0);
  const auto bob = listen("orders", 0, "bob");
  const auto own = listen("user.bob", 0, "bob", true);
  stage.unsubscribe("orders", "bob");
  streams.look_at_subscriptions();
  EXPECT_EQ(ada->state, State::Open);
  EXPECT_EQ(bob->state, State::Forbidden);
  EXPECT_EQ(own->state, State::Open) << "nobody subscribes anybody to their own";
}

TEST_F(StreamsTest, AreToldByTheNextInstanceAfterAReload) {
  const auto ear = listen("orders", 0);
  Streams next(stage, audience);
  say("orders");
  next.said("orders", stage.say("orders"), now);
  streams.said("orders", 2, now);
  EXPECT_EQ(ear->heard(), numbers(1, 2));
}

// Whoever tells, and however many at once: nothing twice, nothing out of order.
TEST_F(StreamsTest, TellOnceHoweverManyThreadsTell) {
  constexpr int All = 400;
  const auto early = listen("orders", 0);
  std::shared_ptr<Ear> late;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < All / 4; ++n) streams.said("orders", stage.say("orders"), now);
    });
  }
  threads.emplace_back([&] {
    for (int n = 0; n < All / 4; ++n) {
      stage.say("orders");
      streams.look(now);
    }
  });
  threads.emplace_back([&] { late = listen("orders", 0, "bob"); });
  for (std::thread& thread : threads) thread.join();
  streams.look(now);
  EXPECT_EQ(early->heard(), numbers(1, All));
  EXPECT_EQ(late->heard(), numbers(1, All));
}

}  // namespace
}  // namespace portico::notify::test
