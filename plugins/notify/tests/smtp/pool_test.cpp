// SPDX-License-Identifier: Apache-2.0
#include "smtp/sending.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;

TEST(SmtpPool, UsesAConnectionAgain) {
  FakeServer server({well_mannered(Manners())});
  SmtpPool pool(at(server), 3);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(SmtpPool, UsesAConnectionForSoManyMessages) {
  FakeServer server({well_mannered(Manners())});
  SmtpPool pool(at(server), 1, {.messages = 2});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 3U);
  EXPECT_TRUE(server.heard(2).front().ends_with("QUIT\r\n"));
}

TEST(SmtpPool, UsesNoConnectionThatWasIdleTooLong) {
  FakeServer server({well_mannered(Manners())});
  auto now = std::chrono::steady_clock::now();
  SmtpPool pool(at(server), 1, {.idle = 30s, .now = [&] { return now; }});
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  now += 29s;
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 1U);
  now += 30s;
  pool.close_idle();
  EXPECT_TRUE(server.heard(1).front().ends_with("QUIT\r\n"));
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(SmtpPool, ConnectsAnewToAServerThatClosesAfterEachMessage) {
  Manners manners;
  manners.most_messages = 1;
  FakeServer server({well_mannered(manners)});
  SmtpPool pool(at(server), 1);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 4U);
}

/// One message, then `then` where the next one begins.
FakeServer::Script once(const FakeServer::Script& then) {
  return [then](Peer& peer) {
    Manners manners;
    manners.most_messages = 1;
    well_mannered(manners)(peer);
    then(peer);
  };
}

TEST(SmtpPool, ConnectsAnewWhereTheServerGoesAtTheNextMessage) {
  const auto goes = [](Peer& peer) { peer.hear(); };
  const auto says_so = [](Peer& peer) {
    peer.hear();
    peer.say("421 4.4.2 Idle for too long\r\n");
  };
  const auto resets = [](Peer& peer) {
    peer.hear();
    peer.reset();
  };
  for (const auto& then :
       {FakeServer::Script(goes), FakeServer::Script(says_so), FakeServer::Script(resets)}) {
    FakeServer server({once(then), well_mannered(Manners())});
    SmtpPool pool(at(server), 1);
    EXPECT_EQ(send_one(pool).kind, Kind::Sent);
    EXPECT_EQ(send_one(pool).kind, Kind::Sent);
    EXPECT_EQ(server.connections(), 2U);
  }
}

TEST(SmtpPool, TriesANewConnectionOnlyOnce) {
  FakeServer server({once([](Peer& peer) { peer.hear(); }), [](Peer&) {}});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(send_one(pool).kind, Kind::Unreachable);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(SmtpPool, DoesNotSendTwiceWhatTheServerMayHave) {
  // The second message is taken, and its answer lost.
  const auto takes = [](Peer& peer) {
    Manners manners;
    manners.greeting = "";
    manners.message = "";
    manners.most_messages = 1;
    well_mannered(manners)(peer);
  };
  FakeServer server({once(takes), well_mannered(Manners())});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(send_one(pool).kind, Kind::Later);
  EXPECT_EQ(server.connections(), 1U);
}

// What the server says unasked would be taken for the answer to the next command.
TEST(SmtpPool, LeavesAConnectionOnWhichMoreWasSaid) {
  Manners talkative;
  talkative.message = "250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n250 2.0.0 Ok\r\n";
  FakeServer server({well_mannered(talkative)});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(SmtpPool, HasSoManyConnectionsAtOnce) {
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  FakeServer server({[&](Peer& peer) {
    const int mine = ++now;
    for (int seen = most; mine > seen && !most.compare_exchange_weak(seen, mine);) continue;
    try {
      well_mannered(Manners())(peer);
    } catch (const Gone&) {
      // Counted below.
    }
    --now;
  }});
  SmtpPool pool(at(server), 2, {.messages = 1});
  std::latch ready(6);
  std::atomic<int> sent = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&] {
        ready.arrive_and_wait();
        for (int k = 0; k < 5; ++k) sent += send_one(pool).kind == Kind::Sent ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(sent, 30);
  EXPECT_EQ(server.connections(), 30U);
  // A connection that has said QUIT may not have ended yet at the other side.
  EXPECT_LE(most, 4);
}

TEST(SmtpPool, WaitsForAPlaceNoLongerThanItMay) {
  std::latch held(1);
  FakeServer server({[&](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    held.count_down();
    peer.wait_for_end();
  }});
  SmtpServer settings = at(server);
  settings.total_timeout = 1500ms;
  SmtpPool pool(settings, 1);
  std::jthread holder([&] { EXPECT_EQ(send_one(pool).step, Step::Hello); });
  held.wait();
  const SmtpOutcome outcome = send_one(pool);
  // Which of the two ends first is chance; that both end is not.
  if (outcome.kind == Kind::Later) {
    EXPECT_EQ(outcome.said, "No connection to the mail server became free in time.");
  }
  EXPECT_NE(outcome.kind, Kind::Sent);
}

TEST(SmtpPool, GivesUpAPlaceWithEveryOutcome) {
  Manners refusing;
  refusing.greeting = "554 5.7.1 No\r\n";
  FakeServer server({well_mannered(refusing)});
  SmtpServer settings = at(server);
  SmtpPool pool(settings, 1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send_one(pool).step, Step::Greeting);
}

TEST(SmtpPool, ComesBackWhenItIsStopped) {
  std::latch held(1);
  FakeServer server({[&](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    held.count_down();
    peer.wait_for_end();
  }});
  SmtpPool pool(at(server), 1);
  const auto began = std::chrono::steady_clock::now();
  {
    std::jthread sending([&] {
      const SmtpOutcome outcome = send_one(pool);
      EXPECT_EQ(outcome.kind, Kind::Unreachable);
      EXPECT_EQ(outcome.said, "The gateway is ending.");
    });
    held.wait();
    std::jthread waiting([&] { EXPECT_EQ(send_one(pool).kind, Kind::Unreachable); });
    pool.stop();
  }
  EXPECT_EQ(send_one(pool).kind, Kind::Unreachable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 15s);
}

TEST(SmtpPool, RefusesSettingsThatAreNone) {
  EXPECT_THROW(SmtpPool(SmtpServer{}, 1), std::invalid_argument);
  EXPECT_THROW(SmtpPool(SmtpServer{.host = "mail.example"}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace portico::notify::test
