// SPDX-License-Identifier: Apache-2.0
#include "sql/outbox.h"

#include "unit/sql/core_tables.h"
#include "unit/sql/database.h"

#include <stdexcept>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class SqlOutbox : public EachEngine {
 protected:
  SqlOutbox() { make_core_tables(database); }

  void add(Transaction& db, const std::string& id, std::string_view key = "k") {
    sql::write_to_outbox(db, {.id = id,
                              .source = "bank",
                              .event = "payment.made",
                              .key = key,
                              .payload = R"({"amount":"5"})",
                              .time = 7us});
  }
  std::int64_t backlog() {
    return sql.read([](Reader& db) { return sql::outbox_backlog(db); });
  }
};
INSTANTIATE_TEST_SUITE_P(On, SqlOutbox, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlOutbox, HoldsWhatADispatcherNeeds) {
  sql.write([&](Transaction& db) { add(db, "id-1"); });
  EXPECT_EQ(find("SELECT seq, id, source, event, key, payload, created_at, available_at, attempts, "
                 "locked_by, done_at FROM portico_outbox"),
            Lines{R"(1 | id-1 | bank | payment.made | k | {"amount":"5"} | 7 | 7 | 0 | - | -)"});
}

TEST_P(SqlOutbox, HoldsNothingOfATransactionThatThrew) {
  const auto attempt = [&] {
    sql.write([&](Transaction& db) {
      add(db, "id-1");
      throw std::runtime_error("no");
    });
  };
  EXPECT_THROW(attempt(), std::runtime_error);
  EXPECT_EQ(backlog(), 0);
}

TEST_P(SqlOutbox, NumbersEventsInTheOrderOfWriting) {
  sql.write([&](Transaction& db) {
    add(db, "id-b");
    add(db, "id-a");
  });
  sql.write([&](Transaction& db) { add(db, "id-c"); });
  EXPECT_EQ(find("SELECT id FROM portico_outbox ORDER BY seq"), (Lines{"id-b", "id-a", "id-c"}));
}

TEST_P(SqlOutbox, GivesNoNumberTwice) {
  sql.write([&](Transaction& db) { add(db, "id-1"); });
  change("DELETE FROM portico_outbox");
  sql.write([&](Transaction& db) { add(db, "id-2"); });
  EXPECT_EQ(find("SELECT seq FROM portico_outbox"), Lines{"2"});
}

TEST_P(SqlOutbox, CountsWhatIsNotDone) {
  sql.write([&](Transaction& db) {
    for (const char* const id : {"1", "2", "3"}) add(db, id);
  });
  EXPECT_EQ(backlog(), 3);
  change("UPDATE portico_outbox SET done_at = 8 WHERE id = '2'");
  EXPECT_EQ(backlog(), 2);
}

TEST_P(SqlOutbox, FindsWhatIsDueByItsIndex) {
  const std::string plan = GetParam() == Engine::Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
  const std::string due =
      "SELECT id FROM portico_outbox WHERE done_at IS NULL AND available_at <= 9 ORDER BY "
      "available_at, seq LIMIT 10";
  change(
      "INSERT INTO portico_outbox (id, source, event, key, payload, created_at, available_at, "
      "attempts, done_at) SELECT CAST(n AS TEXT), 's', 'e', 'k', '{}', 1, n, 0, 2 FROM (WITH "
      "RECURSIVE c(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM c WHERE n < "
      "20000) SELECT n FROM c) AS numbers");
  change("ANALYZE portico_outbox");
  std::string told;
  sql.read([&](Reader& db) {
    for (const Row row : db.query({"t.plan", plan + due})) {
      for (std::size_t column = 0; column < (GetParam() == Engine::Sqlite ? 4U : 1U); ++column) {
        told += std::string(row.maybe_text(column).value_or("")) + " ";
      }
    }
  });
  EXPECT_NE(told.find("portico_outbox_due"), std::string::npos) << told;
}

TEST_P(SqlOutbox, TakesEventsOfFiftyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 50; ++i) {
    threads.emplace_back([this, id = "id-" + std::to_string(i)] {
      sql.write([&](Transaction& db) { add(db, id, id); });
    });
  }
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(backlog(), 50);
}

}  // namespace
}  // namespace portico::test
