// SPDX-License-Identifier: Apache-2.0
// What the SDK promises of a database, on both engines.
#include "loop/loop.h"
#include "unit/sql/database.h"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Kind = SqlError::Kind;
using Lines = std::vector<std::string>;

class SqlStore : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(On, SqlStore, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

constexpr std::string_view Counting =
    "WITH RECURSIVE c(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM c WHERE n < "
    "1000000000) SELECT COUNT(*) FROM c";

TEST_P(SqlStore, GivesBackWhatItWasGiven) {
  change("CREATE TABLE t (n BIGINT, f SMALLINT, s TEXT, b " + blob_type() + ")");
  const std::array<std::byte, 4> bytes{std::byte{0}, std::byte{0xff}, std::byte{'\\'},
                                       std::byte{0}};
  const auto largest = std::numeric_limits<std::int64_t>::max();
  const auto smallest = std::numeric_limits<std::int64_t>::min();
  change("INSERT INTO t VALUES ($1, $2, $3, $4)", {largest, true, "Ä 'quoted' \\x41", bytes});
  change("INSERT INTO t VALUES ($1, $2, $3, $4)", {smallest, false, "", std::span<std::byte>()});
  const Rows rows = sql.read([](Reader& db) {
    return db.query({"t.all", "SELECT n, f, s, b FROM t ORDER BY n DESC"});
  });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].integer(0), largest);
  EXPECT_TRUE(rows[0].flag(1));
  EXPECT_EQ(rows[0].text(2), "Ä 'quoted' \\x41");
  EXPECT_TRUE(std::ranges::equal(rows[0].blob(3), bytes));
  EXPECT_EQ(rows[1].integer(0), smallest);
  EXPECT_FALSE(rows[1].flag(1));
  EXPECT_EQ(rows[1].text(2), "");
  EXPECT_TRUE(rows[1].blob(3).empty());
}

TEST_P(SqlStore, SaysHowManyRowsItChanged) {
  EXPECT_EQ(change("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT)"), 0U);
  EXPECT_EQ(change("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"), 3U);
  EXPECT_EQ(change("UPDATE t SET s = $1 WHERE id >= $2", {"x", 2}), 2U);
  EXPECT_EQ(change("UPDATE t SET s = $1 WHERE id >= $2", {"x", 9}), 0U);
  EXPECT_EQ(change("CREATE TABLE other (id BIGINT)"), 0U) << "not what was changed before it";
  const Rows given = sql.write([](Transaction& db) {
    return db.query({"t.add", "INSERT INTO t VALUES ($1, $2) RETURNING id, s"}, {4, "d"});
  });
  EXPECT_EQ(lines_of(given), Lines{"4 | d"});
}

TEST_P(SqlStore, ThrowsWhatWentWrongByItsKind) {
  change(
      "CREATE TABLE u (id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE, age BIGINT CHECK (age "
      "> 0))");
  change("CREATE TABLE v (id BIGINT PRIMARY KEY, u BIGINT NOT NULL REFERENCES u (id))");
  change("INSERT INTO u VALUES (1, 'ada', 36)");
  const auto kind_of = [&](std::string_view text) {
    return error_of([&] { change(text); })->kind();
  };
  EXPECT_EQ(kind_of("INSERT INTO u VALUES (2, 'ada', 1)"), Kind::UniqueViolation);
  EXPECT_EQ(kind_of("INSERT INTO u VALUES (1, 'eve', 1)"), Kind::UniqueViolation);
  EXPECT_EQ(kind_of("INSERT INTO u VALUES (2, NULL, 1)"), Kind::NotNullViolation);
  EXPECT_EQ(kind_of("INSERT INTO u VALUES (2, 'eve', 0)"), Kind::CheckViolation);
  EXPECT_EQ(kind_of("INSERT INTO v VALUES (1, 7)"), Kind::ForeignKeyViolation);
  EXPECT_EQ(kind_of("INSERT INTO nowhere VALUES (1)"), Kind::Refused);
  const auto error = error_of([&] { (void)find("SELECT nome FROM u"); });
  EXPECT_EQ(error->kind(), Kind::Refused);
  EXPECT_EQ(error->statement(), "test.find");
  EXPECT_NE(std::string_view(error->what()).find("nome"), std::string_view::npos) << error->what();
}

TEST_P(SqlStore, TellsNoValueInWhatItThrows) {
  change("CREATE TABLE t (email TEXT UNIQUE)");
  change("INSERT INTO t VALUES ($1)", {"ada@example.com"});
  const auto error = error_of([&] { change("INSERT INTO t VALUES ($1)", {"ada@example.com"}); });
  ASSERT_TRUE(error);
  EXPECT_EQ(std::string_view(error->what()).find("ada@"), std::string_view::npos) << error->what();
}

TEST_P(SqlStore, LeavesNothingOfATransactionThatThrew) {
  change("CREATE TABLE t (id BIGINT)");
  const auto attempt = [&] {
    sql.write([](Transaction& db) {
      db.change({"t.add", "INSERT INTO t VALUES (1)"});
      throw std::runtime_error("no");
    });
  };
  EXPECT_THROW(attempt(), std::runtime_error);
  EXPECT_EQ(find("SELECT COUNT(*) FROM t"), Lines{"0"});
}

TEST_P(SqlStore, CommitsNothingAfterAnErrorThatWasCaught) {
  change("CREATE TABLE t (id BIGINT PRIMARY KEY)");
  change("INSERT INTO t VALUES (1)");
  const auto error = error_of([&] {
    sql.write([](Transaction& db) {
      db.change({"t.add", "INSERT INTO t VALUES ($1)"}, {2});
      try {
        db.change({"t.add", "INSERT INTO t VALUES ($1)"}, {1});
      } catch (const SqlError&) {
        EXPECT_THROW(db.change({"t.add", "INSERT INTO t VALUES ($1)"}, {3}), SqlError);
      }
    });
  });
  ASSERT_TRUE(error) << "the commit of a failed transaction must not look like one";
  EXPECT_EQ(error->kind(), Kind::UniqueViolation);
  EXPECT_EQ(find("SELECT id FROM t"), Lines{"1"});
}

TEST_P(SqlStore, LetsReadersWriteNothing) {
  change("CREATE TABLE t (id BIGINT)");
  const auto error = error_of([&] { (void)find("INSERT INTO t VALUES (1) RETURNING id"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(find("SELECT COUNT(*) FROM t"), Lines{"0"});
}

TEST_P(SqlStore, ServesThoseWhoReadAndThenWriteOneAfterTheOther) {
  change("CREATE TABLE t (n BIGINT)");
  change("INSERT INTO t VALUES (0)");
  const auto add = [&] {
    for (int i = 0; i < 10; ++i) {
      sql.write([](Transaction& db) {
        const auto n = db.query({"t.n", "SELECT n FROM t"})[0].integer(0);
        db.change({"t.set", "UPDATE t SET n = $1"}, {n + 1});
      });
    }
  };
  {
    const std::jthread one(add);
    const std::jthread two(add);
    const std::jthread three(add);
  }
  EXPECT_EQ(find("SELECT n FROM t"), Lines{"30"}) << "an update was lost";
}

TEST_P(SqlStore, EndsAStatementThatTakesTooLong) {
  Sql& hasty = database.open({.statement = 100ms});
  const auto error = error_of([&] {
    hasty.read([](Reader& db) { (void)db.query({"test.count", Counting}); });
  });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::TimedOut) << error->what();
  EXPECT_TRUE(error->transient());
}

TEST_P(SqlStore, TellsOfSlowStatementsByTheirNameAlone) {
  Sql& sensitive = database.open({.slow = 0ms});
  sensitive.read([](Reader& db) { (void)db.query({"a.name", "SELECT $1"}, {"a value"}); });
  std::string told;
  for (const auto& record : database.log.records()) {
    if (record.message != "a statement was slow") continue;
    for (const auto& [key, value] : record.fields) told += key + "=" + value + " ";
  }
  EXPECT_EQ(told.substr(0, told.find("milliseconds")), "database=main1 statement=a.name ");
  EXPECT_EQ(told.find("value"), std::string::npos);
}

TEST_P(SqlStore, CountsStatementsByTheirNames) {
  (void)find("SELECT 1");
  (void)find("SELECT 2");
  (void)error_of([&] { (void)find("SELECT nothing"); });
  const auto sums = database.store(sql).sums();
  ASSERT_EQ(sums.statements.size(), 1U);
  EXPECT_EQ(sums.statements[0].name, "test.find");
  EXPECT_EQ(sums.statements[0].done, 2U);
  EXPECT_EQ(sums.statements[0].failed, 1U);
}

TEST_P(SqlStore, IsBusyWhenNoSessionComesFreeInTime) {
  Sql& narrow = database.open({.place = 50ms}, 1);
  const auto error = error_of([&] { narrow.read([&](Reader&) { narrow.read([](Reader&) {}); }); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::Busy);
}

TEST_P(SqlStore, RefusesATransactionInsideAnother) {
  EXPECT_THROW(sql.write([&](Transaction&) { sql.write([](Transaction&) {}); }), std::logic_error);
  EXPECT_NO_THROW(sql.write([](Transaction&) {}));
}

TEST_P(SqlStore, RefusesWhatIsWrittenWrongly) {
  EXPECT_THROW((void)find("SELECT $2, $1", {1, 2}), std::logic_error);
  EXPECT_THROW((void)find("SELECT $1", {}), std::logic_error);
  EXPECT_THROW((void)find("SELECT 1", {1}), std::logic_error);
  EXPECT_THROW((void)find("SELECT 1; SELECT 2"), std::logic_error);
  EXPECT_EQ(find("SELECT 1"), Lines{"1"});
}

TEST_P(SqlStore, RefusesALoop) {
  loop::Loop loop(base::system_clock());
  std::string said;
  struct Letter : loop::Mail {
    loop::Loop* loop = nullptr;
    Sql* sql = nullptr;
    std::string* said = nullptr;
  } letter;
  letter.loop = &loop;
  letter.sql = &sql;
  letter.said = &said;
  letter.deliver = [](loop::Mail& mail) noexcept {
    auto& self = static_cast<Letter&>(mail);
    try {
      self.sql->read([](Reader&) {});
    } catch (const std::logic_error& error) {
      *self.said = error.what();
    }
    self.loop->stop();
  };
  loop.post(letter);
  std::thread([&loop] { loop.run(); }).join();
  EXPECT_NE(said.find("on a loop"), std::string::npos) << said;
}

TEST_P(SqlStore, SaysWhatAskingForTheWrongColumnIs) {
  const Rows rows = sql.read([](Reader& db) { return db.query({"test.two", "SELECT 'a', NULL"}); });
  EXPECT_THROW((void)rows[0].integer(0), std::logic_error);
  EXPECT_THROW((void)rows[0].text(1), std::logic_error);
  EXPECT_THROW((void)rows[0].text(2), std::logic_error);
  EXPECT_THROW((void)rows[1], std::logic_error);
  EXPECT_EQ(rows[0].maybe_integer(1), std::nullopt);
}

}  // namespace
}  // namespace portico::test
