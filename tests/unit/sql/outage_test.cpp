// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL that is killed, and comes back.
#include "unit/sql/database.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Kind = SqlError::Kind;
using Lines = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

class SqlOutage : public EachEngine {
 protected:
  std::optional<SqlError> ask(Sql& of) {
    return error_of([&] { of.read([](Reader& db) { (void)db.query({"t.one", "SELECT 1"}); }); });
  }
  [[nodiscard]] std::size_t logged(std::string_view message) const {
    const auto records = database.log.records();
    return static_cast<std::size_t>(std::ranges::count_if(
        records, [&](const auto& record) { return record.message == message; }));
  }
};
INSTANTIATE_TEST_SUITE_P(On, SqlOutage, testing::Values(Engine::PostgreSql), name_of);

TEST_P(SqlOutage, FailsCallsAtOnceAndEndsByItself) {
  change("CREATE TABLE t (id BIGINT)");
  EXPECT_FALSE(ask(sql));
  database.server().kill();
  for (int i = 0; i < 100; ++i) {
    const auto begin = Clock::now();
    const auto error = ask(sql);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), Kind::Unavailable);
    EXPECT_LT(Clock::now() - begin, 1s);
  }
  const auto written = error_of([&] { change("INSERT INTO t VALUES (1)"); });
  ASSERT_TRUE(written);
  EXPECT_EQ(written->kind(), Kind::Unavailable);
  EXPECT_FALSE(sql.connected());
  EXPECT_EQ(logged("a database is away"), 2U) << "once for reading and once for writing";

  database.server().start();
  const auto until = Clock::now() + 20s;
  while (!sql.connected() && Clock::now() < until) std::this_thread::yield();
  ASSERT_TRUE(sql.connected());
  EXPECT_EQ(change("INSERT INTO t VALUES (1)"), 1U);
  EXPECT_EQ(find("SELECT COUNT(*) FROM t"), Lines{"1"});
  EXPECT_EQ(logged("a database is back"), 2U);
}

TEST_P(SqlOutage, InTheMiddleOfATransactionLeavesNothing) {
  change("CREATE TABLE t (id BIGINT)");
  const auto error = error_of([&] {
    sql.write([&](Transaction& db) {
      db.change({"t.add", "INSERT INTO t VALUES (1)"});
      database.server().kill();
      db.change({"t.add", "INSERT INTO t VALUES (1)"});
    });
  });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::Unavailable);
  EXPECT_TRUE(error->transient());
}

TEST_P(SqlOutage, InTheCommitLeavesTheOutcomeUnknown) {
  change("CREATE TABLE t (id BIGINT)");
  const auto error = error_of([&] {
    sql.write([&](Transaction& db) {
      db.change({"t.add", "INSERT INTO t VALUES (1)"});
      database.server().kill();
    });
  });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::OutcomeUnknown);
  EXPECT_FALSE(error->transient());
}

TEST_P(SqlOutage, OfAReplicaIsNotSeenByWhoReads) {
  sql::Options options = database.options();
  options.replicas.push_back(database.options("nobody").main);
  options.replicas.push_back(options.main);
  Sql& replicated = database.use(options);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(ask(replicated));
  EXPECT_TRUE(replicated.connected());
  options.replicas.pop_back();
  EXPECT_FALSE(ask(database.use(options))) << "the main one reads when no replica does";
}

}  // namespace
}  // namespace portico::test
