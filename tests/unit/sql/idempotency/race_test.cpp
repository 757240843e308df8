// SPDX-License-Identifier: Apache-2.0
// Requests with the same Idempotency-Key at the same time, and those that are lost.
#include "unit/sql/idempotency/once_fixture.h"

#include <latch>
#include <thread>

namespace portico::test {
namespace {

class SqlOnceRace : public SqlOnce {};
INSTANTIATE_TEST_SUITE_P(On, SqlOnceRace, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlOnceRace, TellsWhoComesMeanwhileToComeAgain) {
  Got meanwhile{};
  const Handler slow([&](Request&) {
    meanwhile = ask(paying);
    return Response(Status::Created);
  });
  EXPECT_EQ(ask(slow).status, 201);
  EXPECT_EQ(meanwhile.status, 409);
  EXPECT_TRUE(meanwhile.says("request_in_progress"));
  EXPECT_EQ(meanwhile.fields.at("Retry-After"), "1");
  EXPECT_EQ(paid, 0);
}

TEST_P(SqlOnceRace, TakesTheKeyOverFromWhoIsLostAndDoesNotGiveItBack) {
  const Handler lost([&](Request&) {
    clock.advance(59s);
    EXPECT_EQ(ask(paying).status, 409);
    clock.advance(1s);
    EXPECT_EQ(ask(paying).status, 201);
    return problem(Status::InternalServerError, "late", "Late.");
  });
  EXPECT_EQ(ask(lost).status, 500);
  EXPECT_TRUE(ask(paying).replayed()) << "who had lost the key must not release it";
  const Handler late([&](Request&) {
    clock.advance(25h);
    EXPECT_EQ(ask(paying).status, 201);
    Response response;
    response.body("late", "text/plain");
    return response;
  });
  clock.advance(25h);
  EXPECT_EQ(ask(late).body, "late");
  EXPECT_NE(ask(paying).body, "late");
}

TEST_P(SqlOnceRace, AnswersOneOfFiftyAtOnce) {
  constexpr int Many = 50;
  asked = &database.open({}, 16);
  std::latch ready(Many);
  std::vector<Got> got(Many);
  std::vector<std::thread> threads;
  for (Got& mine : got) {
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      do {
        mine = ask(paying);
      } while (mine.status == 409 || mine.status == 503);
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(paid, 1);
  int first = 0;
  for (const Got& each : got) {
    EXPECT_EQ(each.status, 201) << each.body;
    EXPECT_EQ(each.body, got.front().body);
    first += each.replayed() ? 0 : 1;
  }
  EXPECT_EQ(first, 1);
}

TEST_P(SqlOnceRace, ServesFiftyKeysAtOnce) {
  constexpr int Many = 50;
  asked = &database.open({}, 16);
  std::latch ready(Many);
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < Many; ++i) {
    threads.emplace_back([&, i] {
      const Asking asking{.key = "key " + std::to_string(i)};
      ready.arrive_and_wait();
      while (ask(paying, asking).status != 201) ++refused;
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(paid, Many);
  EXPECT_LT(refused, Many);
  EXPECT_EQ(find("SELECT COUNT(*) FROM portico_idempotency_keys WHERE status = 1"),
            std::vector<std::string>{"50"});
}

class SqlOnceOutage : public SqlOnce {};
INSTANTIATE_TEST_SUITE_P(On, SqlOnceOutage, testing::Values(Engine::PostgreSql), name_of);

TEST_P(SqlOnceOutage, DoesNothingWithoutTheDatabase) {
  database.server().kill();
  EXPECT_EQ(ask(paying).status, 503);
  EXPECT_EQ(ask(paying, {.key = ""}).status, 201) << "what bears no key needs none";
}

TEST_P(SqlOnceOutage, InTheMiddleLosesNoAnswer) {
  const Handler cut([&](Request&) {
    database.server().kill();
    return Response(Status::Created);
  });
  EXPECT_EQ(ask(cut).status, 201);
  EXPECT_EQ(database.log.records().back().message,
            "an answer was not kept for its Idempotency-Key");
}

}  // namespace
}  // namespace portico::test
