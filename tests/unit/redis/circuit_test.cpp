// SPDX-License-Identifier: Apache-2.0
// What a link does while its Redis is away, silent or slow.
#include "redis/link.h"
#include "unit/redis/peer.h"

#include <gtest/gtest.h>

namespace portico::redis {
namespace {

const std::string Ping = "*1\r\n$4\r\nPING\r\n";

TEST(RedisCircuit, IsAwayWhereItIsNotLetIn) {
  for (const std::string_view refusal :
       {"-WRONGPASS no\r\n", "+OK\r\n-ERR DB index is out of range\r\n",
        "+OK\r\n+OK\r\n+OK\r\n-LOADING Redis is loading\r\n"}) {
    Options options;
    options.password = "hunter2";
    options.database = 3;
    Bench bench(options);
    Question question(Ping);
    bench.ask(question);
    bench.turn();
    ASSERT_TRUE(bench.peer.accept());
    bench.turn();
    bench.peer.say(refusal);
    bench.turn();
    EXPECT_EQ(question.told(), "away: not connected");
    EXPECT_FALSE(bench.store->reason().empty());
    EXPECT_EQ(bench.lines_with("a Redis is away"), 1U);
  }
}

TEST(RedisCircuit, AnswersAtOnceWhileNobodyIsThere) {
  Bench bench;
  bench.peer.vanish();
  Question first(Ping);
  bench.ask(first);
  bench.turn();
  EXPECT_EQ(first.told(), "away: not connected");
  Question second(Ping);
  bench.ask(second);
  EXPECT_EQ(second.told(), "away: not connected") << "without a turn";
  bench.pass(10s);
  EXPECT_EQ(bench.lines_with("a Redis is away"), 1U) << "logged once";
}

TEST(RedisCircuit, ComesBackWithinTwoSeconds) {
  Bench bench;
  bench.peer.vanish();
  Question first(Ping);
  bench.ask(first);
  bench.pass(30s);
  bench.peer.come_back();
  auto waited = 0ns;
  while (!bench.peer.accept() && waited < 2s) {
    bench.pass(5ms);
    waited += 5ms;
  }
  EXPECT_LT(waited, 1s);
  bench.turn();
  bench.peer.say(Peer::Greetings);
  bench.turn();
  EXPECT_EQ(bench.lines_with("a Redis is back"), 1U);
  Question second(Ping);
  bench.ask(second);
  bench.turn();
  bench.peer.say("+PONG\r\n");
  bench.turn();
  EXPECT_EQ(second.told(), "PONG");
}

TEST(RedisCircuit, WaitsForNoReplyBeyondItsTime) {
  Bench bench;
  Question slow(Ping);
  bench.ask(slow);
  ASSERT_TRUE(bench.greet());
  bench.pass(40ms);
  EXPECT_EQ(slow.told(), "nothing yet");
  bench.pass(15ms);
  EXPECT_EQ(slow.told(), "away: no answer in time");
  Question next(Ping);
  bench.ask(next);
  EXPECT_EQ(next.told(), "away: not connected") << "while a reply is overdue nobody waits";
  EXPECT_FALSE(bench.store->connected());
  bench.peer.say("+late\r\n");
  bench.turn();
  EXPECT_TRUE(bench.store->connected());
  Question after(Ping);
  bench.ask(after);
  bench.turn();
  bench.peer.say("+right\r\n");
  bench.turn();
  EXPECT_EQ(after.told(), "right") << "the late reply was nobody's";
}

TEST(RedisCircuit, GivesASilentConnectionUp) {
  Bench bench;
  Question slow(Ping);
  bench.ask(slow);
  ASSERT_TRUE(bench.greet());
  bench.pass(900ms);
  EXPECT_FALSE(bench.peer.accept());
  bench.pass(300ms);
  EXPECT_TRUE(bench.greet()) << "another connection is tried";
  EXPECT_TRUE(bench.store->connected());
}

TEST(RedisCircuit, FailsToConnectInTime) {
  Bench bench;
  Question question(Ping);
  bench.ask(question);
  bench.turn();
  ASSERT_TRUE(bench.peer.accept());
  bench.pass(55ms);
  EXPECT_EQ(question.told(), "away: no answer in time");
  bench.pass(1100ms);
  EXPECT_EQ(bench.store->reason(), "no answer in time");
  EXPECT_TRUE(bench.peer.accept()) << "it is tried again";
}

TEST(RedisCircuit, SeeksAConnectionThatBrokeAtOnceAndLetsWaitForIt) {
  Bench bench;
  Question first(Ping);
  bench.ask(first);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n");
  bench.pass(2s);
  Question lost(Ping);
  bench.ask(lost);
  bench.turn();
  bench.peer.hang_up();
  bench.turn();
  EXPECT_EQ(lost.told(), "away: the connection broke");
  Question next(Ping);
  bench.ask(next);
  EXPECT_EQ(next.told(), "nothing yet");
  bench.pass(5ms);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n");
  bench.turn();
  EXPECT_EQ(next.told(), "PONG");
  EXPECT_EQ(bench.lines_with("a Redis is away"), 0U);
}

TEST(RedisCircuit, IsAwayWhereConnectionsNeverLast) {
  Bench bench;
  Question first(Ping);
  bench.ask(first);
  for (int i = 0; i < 3; ++i) {
    bench.pass(50ms);
    if (bench.greet()) bench.peer.hang_up();
  }
  bench.turn();
  EXPECT_FALSE(bench.store->connected());
  EXPECT_EQ(bench.lines_with("a Redis is away"), 1U);
}

}  // namespace
}  // namespace portico::redis
