// SPDX-License-Identifier: Apache-2.0
#include "redis/link.h"

#include "unit/redis/peer.h"

#include <gtest/gtest.h>

namespace portico::redis {
namespace {

const std::string Ping = "*1\r\n$4\r\nPING\r\n";

TEST(RedisLink, IntroducesItself) {
  Options options;
  options.user = "portico";
  options.password = "hunter2";
  options.database = 3;
  Bench bench(options);
  Question question(Ping);
  bench.ask(question);
  bench.turn();
  ASSERT_TRUE(bench.peer.accept());
  bench.turn();
  EXPECT_EQ(bench.peer.heard(),
            "*3\r\n$4\r\nAUTH\r\n$7\r\nportico\r\n$7\r\nhunter2\r\n"
            "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n"
            "*3\r\n$6\r\nCLIENT\r\n$7\r\nSETNAME\r\n$7\r\nportico\r\n*1\r\n$4\r\nPING\r\n");
  bench.peer.say("+OK\r\n+OK\r\n-NOPERM no\r\n-NOPERM no\r\n");
  bench.turn();
  EXPECT_EQ(bench.peer.heard(), Ping) << "what waited meanwhile";
  bench.peer.say("+fine\r\n");
  bench.turn();
  EXPECT_EQ(question.told(), "fine");
  EXPECT_TRUE(bench.store->connected());
}

TEST(RedisLink, SendsWhatIsAskedInATurnTogetherAndAnswersInOrder) {
  Bench bench;
  Question first("*1\r\n$1\r\na\r\n");
  bench.ask(first);
  ASSERT_TRUE(bench.greet());
  Question second("*1\r\n$1\r\nb\r\n");
  Question third("*1\r\n$1\r\nc\r\n");
  bench.ask(second);
  bench.ask(third);
  EXPECT_EQ(bench.peer.heard(), "") << "before the turn is over";
  bench.turn(1);
  EXPECT_EQ(bench.peer.heard(), second.bytes + third.bytes);
  bench.peer.say(":1\r\n:2\r\n:");
  bench.turn();
  EXPECT_EQ(first.told() + second.told() + third.told(), "12nothing yet");
  bench.peer.say("3\r\n");
  bench.turn();
  EXPECT_EQ(third.told(), "3");
}

TEST(RedisLink, TakesNoMoreThanMayWait) {
  Options options;
  options.most_waiting = 2;
  Bench bench(options);
  Question first(Ping);
  Question second(Ping);
  Question third(Ping);
  for (Question* each : {&first, &second, &third}) bench.ask(*each);
  EXPECT_EQ(third.told(), "away: too many commands wait");
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+1\r\n+2\r\n");
  bench.turn();
  EXPECT_EQ(first.told() + second.told(), "12");
}

TEST(RedisLink, ForgetsWhoGivesUp) {
  Bench bench;
  auto gone = std::make_unique<Question>("*1\r\n$1\r\na\r\n");
  Question stays("*1\r\n$1\r\nb\r\n");
  bench.ask(*gone);
  bench.ask(stays);
  bench.lines->give_up(*gone);
  gone.reset();
  ASSERT_TRUE(bench.greet());
  bench.peer.say(":2\r\n");
  bench.turn();
  EXPECT_EQ(stays.told(), "2") << "what was given up before it was sent has no reply";
  gone = std::make_unique<Question>("*1\r\n$1\r\nc\r\n");
  bench.ask(*gone);
  bench.turn();
  bench.lines->give_up(*gone);
  gone.reset();
  Question last("*1\r\n$1\r\nd\r\n");
  bench.ask(last);
  bench.turn();
  bench.peer.say(":3\r\n:4\r\n");
  bench.turn();
  EXPECT_EQ(last.told(), "4");
}

TEST(RedisLink, SendsAScriptThatRedisDoesNotKnow) {
  Bench bench;
  Question warm(Ping);
  bench.ask(warm);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n");
  bench.turn();
  const RedisScript script("return 1");
  const std::array<std::string_view, 1> keys{"k"};
  Question question("");
  const auto room = [&](std::size_t size) {
    question.bytes.assign(size, '\0');
    return question.bytes.data();
  };
  const Command command = make_evalsha(room, detail::RedisAccess::script(script), keys, {});
  bench.lines->ask(bench.store, command, question, 50ms);
  bench.turn();
  EXPECT_EQ(bench.peer.heard(), question.bytes);
  bench.peer.say("-NOSCRIPT No matching script.\r\n");
  bench.turn();
  EXPECT_EQ(bench.peer.heard(), "*4\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n1\r\n$1\r\nk\r\n");
  EXPECT_EQ(question.told(), "nothing yet");
  bench.peer.say("-NOSCRIPT still not\r\n");
  bench.turn();
  EXPECT_EQ(question.told(), "NOSCRIPT still not") << "it is not sent for ever";
}

TEST(RedisLink, EndsAConnectionThatAnswersWhatNobodyAsked) {
  Bench bench;
  Question question(Ping);
  bench.ask(question);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n+PONG\r\n");
  bench.turn();
  EXPECT_EQ(question.told(), "PONG");
  bench.pass(5ms);
  EXPECT_TRUE(bench.peer.accept()) << "a new one is sought";
}

TEST(RedisLink, MayBeAskedWhileItAnswers) {
  Bench bench;
  Question first(Ping);
  Question second(Ping);
  first.then = [&] { bench.ask(second); };
  bench.ask(first);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+1\r\n");
  bench.turn();
  EXPECT_EQ(bench.peer.heard(), Ping);
  bench.peer.hang_up();
  second.then = [&] { bench.ask(first); };
  first.then = {};
  first.reply.reset();
  bench.turn();
  EXPECT_EQ(second.told(), "away: the connection broke");
}

TEST(RedisLink, TriesAConnectionThatNobodyUses) {
  Bench bench;
  Question question(Ping);
  bench.ask(question);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n");
  bench.pass(11s);
  EXPECT_EQ(bench.peer.heard(), Ping);
  bench.pass(1100ms);
  EXPECT_EQ(bench.lines_with("a Redis is away"), 1U) << "nobody answered";
  EXPECT_EQ(bench.store->sums().answered, 1U) << "only what was asked is counted";
}

TEST(RedisLink, GoesWhenNobodyUsesItsRedisAnyMore) {
  Bench bench;
  Question question(Ping);
  bench.ask(question);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("+PONG\r\n");
  bench.turn();
  EXPECT_EQ(bench.store->sums().closed, 0U);
  bench.use.reset();
  bench.pass(6s);
  EXPECT_EQ(bench.store->sums().closed, 1U);
  EXPECT_EQ(bench.store.use_count(), 1);
}

TEST(RedisLink, CountsWhatBecameOfCommands) {
  Bench bench;
  Question answered(Ping);
  Question refused(Ping);
  Question late(Ping);
  for (Question* each : {&answered, &refused, &late}) bench.ask(*each);
  ASSERT_TRUE(bench.greet());
  bench.pass(10ms);
  bench.peer.say(":1\r\n-ERR no\r\n");
  bench.pass(50ms);
  const Sums sums = bench.store->sums();
  EXPECT_EQ(sums.answered, 1U);
  EXPECT_EQ(sums.refused, 1U);
  EXPECT_EQ(sums.away[static_cast<std::size_t>(Away::TimedOut)], 1U);
  EXPECT_EQ(sums.opened, 1U);
  EXPECT_GE(sums.latency.nanoseconds, 20'000'000U);
}

}  // namespace
}  // namespace portico::redis
