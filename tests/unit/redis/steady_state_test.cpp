// SPDX-License-Identifier: Apache-2.0
// What commands cost once a loop is warm.
#include "unit/allocations.h"
#include "unit/redis/peer.h"

#include <gtest/gtest.h>

namespace portico::redis {
namespace {

TEST(RedisSteadyState, TakesNoMemoryForCommandsAndReplies) {
  if (!CountsAllocations) GTEST_SKIP() << "a sanitizer counts its own";
  Bench bench;
  base::Arena arena;
  const auto round = [&](Question& question) {
    question.reply.reset();
    arena.reset();
    question.arena = &arena;
    bench.ask(question);
    bench.turn(2);
  };
  Question question("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");
  round(question);
  ASSERT_TRUE(bench.greet());
  bench.peer.say("*2\r\n:1\r\n$3\r\nabc\r\n");
  bench.turn();
  const auto rounds = [&](int count) {
    for (int i = 0; i < count; ++i) {
      round(question);
      bench.peer.say("*2\r\n:1\r\n$3\r\nabc\r\n");
      bench.turn(2);
      ASSERT_TRUE(question.reply && question.reply->size() == 2);
    }
  };
  rounds(2000);
  const std::size_t before = allocations();
  rounds(1000);
  EXPECT_EQ(allocations(), before);
}

}  // namespace
}  // namespace portico::redis
