// SPDX-License-Identifier: Apache-2.0
// Events that must not be lost, and those who are told of them, on both engines.
#include "unit/jobs/work_fixture.h"

#include <stdexcept>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class SqlEvents : public WorkTest {
 public:
  auto listener() {
    return [this](Transaction&, const Event& event) {
      told.push_back(std::string(event.id) + " " + std::string(event.name));
    };
  }

  Lines told;
};
INSTANTIATE_TEST_SUITE_P(On, SqlEvents, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlEvents, AreToldOnceInTheOrderOfWriting) {
  const auto one = node();
  one->jobs.on("payment.made", listener());
  publish("1", "payment.made");
  publish("2", "payment.made");
  one->step();
  one->step();
  EXPECT_EQ(told, (Lines{"1 payment.made", "2 payment.made"}));
}

TEST_P(SqlEvents, SayAllThatThereIsToKnow) {
  const auto one = node();
  std::string seen;
  one->jobs.on("*", [&](Transaction&, const Event& event) {
    seen = std::string(event.source) + "|" + std::string(event.key) + "|" +
           std::string(event.data) + "|" + std::to_string(event.attempt) + "|" +
           std::to_string((event.time - clock.unix_time()).count());
  });
  publish("1", "payment.made", "account-7");
  one->step();
  EXPECT_EQ(seen, R"(bank|account-7|{"amount":"5"}|1|0)");
}

TEST_P(SqlEvents, AreToldToThoseWhoAskedForThem) {
  const auto one = node();
  one->jobs.on("payment.*", listener());
  one->jobs.on("payment.made", listener());
  publish("1", "payment.made");
  publish("2", "payment.lost");
  publish("3", "payments.made");
  one->step();
  EXPECT_EQ(told, (Lines{"1 payment.made", "1 payment.made", "2 payment.lost"}));
  EXPECT_EQ(find("SELECT id FROM portico_outbox WHERE done_at IS NULL"), Lines{"3"})
      << "it waits for somebody who asks";
}

TEST_P(SqlEvents, WriteInTheTransactionThatPutsThemAway) {
  const auto one = node();
  change("CREATE TABLE heard (id TEXT)");
  const Statement add{"t.heard", "INSERT INTO heard VALUES ($1)"};
  bool refuse = true;
  one->jobs.on("*", [&](Transaction& db, const Event& event) {
    db.change(add, {event.id});
    if (refuse) throw std::runtime_error("deaf");
  });
  publish("1", "payment.made");
  one->step();
  EXPECT_EQ(find("SELECT id FROM heard"), Lines{});
  EXPECT_EQ(find("SELECT attempts, last_error, done_at FROM portico_outbox"),
            Lines{"1 | deaf | -"});
  refuse = false;
  clock.advance(1s);
  one->step();
  EXPECT_EQ(find("SELECT id FROM heard"), Lines{"1"});
}

TEST_P(SqlEvents, OfOneKeyWaitForTheOneBefore) {
  const auto one = node();
  bool refuse = true;
  one->jobs.on("*", [&](Transaction&, const Event& event) {
    if (refuse && event.id == "1") throw std::runtime_error("not yet");
    told.emplace_back(event.id);
  });
  publish("1", "payment.made", "a");
  publish("2", "payment.made", "a");
  publish("3", "payment.made", "b");
  one->step();
  EXPECT_EQ(told, Lines{"3"}) << "what stands in the way of one key is nothing to another";
  refuse = false;
  clock.advance(1s);
  one->step();
  EXPECT_EQ(told, (Lines{"3", "1", "2"}));
}

TEST_P(SqlEvents, ThatFailAgainAndAgainAreGivenUpAndLetOthersPass) {
  const auto one = node();
  int calls = 0;
  one->jobs.on("*", [&](Transaction&, const Event& event) {
    if (event.id == "2") return told.emplace_back(event.id), void();
    ++calls;
    throw std::runtime_error("never");
  });
  publish("1", "payment.made", "a");
  publish("2", "payment.made", "a");
  for (int i = 0; i < 25; ++i) {
    one->step();
    clock.advance(1h);
  }
  EXPECT_EQ(calls, 20);
  EXPECT_EQ(told, Lines{"2"});
  EXPECT_EQ(find("SELECT id, last_error FROM portico_outbox WHERE last_error IS NOT NULL"),
            Lines{"1 | never"});
  EXPECT_TRUE(database.log.saw("an event was given up"));
}

TEST_P(SqlEvents, AreToldByOneOfTwoNodes) {
  const auto one = node();
  const auto two = node();
  Lines others;
  one->jobs.on("*", listener());
  two->jobs.on("*", [&](Transaction&, const Event& event) { others.emplace_back(event.id); });
  for (int i = 0; i < 250; ++i) publish(std::to_string(i), "payment.made");
  one->step();
  two->step();
  EXPECT_EQ(told.size() + others.size(), 250U);
}

TEST_P(SqlEvents, OfANodeThatDiedAreToldByAnother) {
  publish("1", "payment.made");
  change("UPDATE portico_outbox SET locked_by = 'gone', attempts = 1, available_at = $1",
         {(clock.unix_time() + 60s).count()});
  const auto one = node();
  one->jobs.on("*", listener());
  one->step();
  EXPECT_EQ(told, Lines{});
  clock.advance(60s);
  one->step();
  EXPECT_EQ(told, Lines{"1 payment.made"});
}

TEST_P(SqlEvents, AreNotToldToWhoHasRetired) {
  const auto one = node();
  one->jobs.on("*", listener());
  one->jobs.withdraw();
  publish("1", "payment.made");
  one->step();
  EXPECT_EQ(told, Lines{});
}

TEST_P(SqlEvents, RefuseAPatternThatIsNone) {
  const auto one = node();
  EXPECT_THROW(one->jobs.on("'; DROP TABLE users", listener()), std::invalid_argument);
}

}  // namespace
}  // namespace portico::test
