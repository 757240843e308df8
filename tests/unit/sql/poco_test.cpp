// SPDX-License-Identifier: Apache-2.0
// What Poco::Data 1.11 does wrong, and what is done about it: each test names the fault that would
// be seen without.
#include "unit/sql/database.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <semaphore>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Kind = SqlError::Kind;
using Lines = std::vector<std::string>;

class PocoFaults : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(On, PocoFaults, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

std::size_t open_descriptors() {
  std::size_t count = 0;
  for (const auto& each : std::filesystem::directory_iterator("/proc/self/fd")) {
    count += each.exists() || each.is_symlink() ? 1U : 0U;
  }
  return count;
}

// Into a plain variable, Poco reads a null as "" or 0.
TEST_P(PocoFaults, ANullIsNotTakenForAnEmptyText) {
  change("CREATE TABLE t (n BIGINT, s TEXT, b " + blob_type() + ")");
  change("INSERT INTO t VALUES ($1, $2, $3)", {std::nullopt, std::nullopt, std::nullopt});
  change("INSERT INTO t VALUES ($1, $2, $3)", {0, "", std::span<std::byte>()});
  EXPECT_EQ(find("SELECT COUNT(*) FROM t WHERE n IS NULL AND s IS NULL AND b IS NULL"), Lines{"1"});
  EXPECT_EQ(find("SELECT COUNT(*) FROM t WHERE n = 0 AND s = '' AND b IS NOT NULL"), Lines{"1"})
      << "the connectors hand an empty blob over as a null";
  const Rows rows = sql.read([](Reader& db) {
    return db.query({"t.all", "SELECT n, s, b FROM t"});
  });
  for (std::size_t column = 0; column < 3; ++column) {
    EXPECT_TRUE(rows[0].null(column));
    EXPECT_FALSE(rows[1].null(column));
  }
}

// A column that was declared INT is read with 32 bits.
TEST_P(PocoFaults, ANumberKeepsItsSixtyFourBits) {
  change("CREATE TABLE t (n " + std::string(GetParam() == Engine::Sqlite ? "INT" : "BIGINT") + ")");
  change("INSERT INTO t VALUES ($1)", {std::int64_t{5'000'000'000}});
  EXPECT_EQ(find("SELECT n FROM t"), Lines{"5000000000"});
}

// The connectors take a text up to its first NUL, one of them when it writes, the other when it
// reads, and say nothing.
TEST_P(PocoFaults, ATextIsNotCutAtANul) {
  change("CREATE TABLE t (s TEXT, b " + blob_type() + ")");
  const std::string_view text("ab\0cd", 5);
  const auto error = error_of([&] { change("INSERT INTO t VALUES ($1, NULL)", {text}); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::BadText);
  change("INSERT INTO t VALUES (NULL, $1)", {std::as_bytes(std::span(text))});
  const Rows rows = sql.read([](Reader& db) { return db.query({"t.b", "SELECT b FROM t"}); });
  EXPECT_EQ(rows[0].blob(0).size(), 5U);
}

// SQLSTATE stands in a sentence, and of a statement that cannot be prepared nowhere.
TEST_P(PocoFaults, AnErrorOfPreparingIsToldAsOneOfTheStatement) {
  const auto error = error_of([&] { (void)find("SELECT id FROM nowhere"); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::Refused);
  EXPECT_NE(std::string_view(error->what()).find("nowhere"), std::string_view::npos);
  EXPECT_EQ(find("SELECT 1"), Lines{"1"}) << "and the session is of use still";
}

// The same statement with values of other types: Poco binds variables, whose type never changes.
TEST_P(PocoFaults, AStatementTakesAnotherKindOfValueTheNextTime) {
  change("CREATE TABLE t (s TEXT)");
  constexpr std::string_view Insert = "INSERT INTO t VALUES ($1)";
  sql.write([&](Transaction& db) {
    db.change({"t.add", Insert}, {"a"});
    db.change({"t.add", Insert}, {std::nullopt});
    db.change({"t.add", Insert}, {"b"});
  });
  EXPECT_EQ(find("SELECT s FROM t"), (Lines{"a", "-", "b"}));
}

// `$1` twice is one value; Poco's SQLite counts it so, its PostgreSQL by another rule.
TEST_P(PocoFaults, APlaceholderMayBeUsedTwice) {
  change("CREATE TABLE t (a BIGINT, b BIGINT, c TEXT)");
  change("INSERT INTO t VALUES ($1, $1, $2)", {7, "x"});
  EXPECT_EQ(find("SELECT a, b, c FROM t WHERE a = $1 AND b = $1", {7}), Lines{"7 | 7 | x"});
}

// A blocked session comes back to the pool; Poco's pool would throw for want of one at once.
TEST_P(PocoFaults, WhoFindsNoSessionWaitsForOne) {
  Sql& narrow = database.open({}, 1);
  std::binary_semaphore inside(0);
  std::binary_semaphore leave(0);
  std::jthread holder([&] {
    narrow.read([&](Reader&) {
      inside.release();
      leave.acquire();
    });
  });
  inside.acquire();
  std::jthread waiter([&] {
    narrow.read([](Reader& db) { (void)db.query({"t.one", "SELECT 1"}); });
  });
  leave.release();
  waiter.join();
}

class PostgresFaults : public PocoFaults {};
INSTANTIATE_TEST_SUITE_P(On, PostgresFaults, testing::Values(Engine::PostgreSql), name_of);

// Each run of a Poco statement prepares, describes, executes and deallocates.
TEST_P(PostgresFaults, AStatementIsPreparedOnce) {
  const auto prepared = [&] {
    return find("SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 4_'");
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(find("SELECT 42"), Lines{"42"});
  EXPECT_EQ(prepared(), Lines{"1"});
}

// Poco leaks the connection that did not come about, with its socket.
TEST_P(PostgresFaults, ConnectionsThatFailLeaveNoDescriptorBehind) {
  Sql& nobody = database.open_as("nobody", {.first_pause = 1ms, .longest_pause = 1ms});
  const auto ask = [&] { nobody.read([](Reader&) {}); };
  const auto error = error_of(ask);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::Unavailable);
  EXPECT_NE(database.store(nobody).reason().find("nobody"), std::string::npos);
  const std::size_t before = open_descriptors();
  const auto failed = [&] {
    std::uint64_t sum = 0;
    for (const auto& pool : database.store(nobody).pools()) sum += pool.state.failed;
    return sum;
  };
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (failed() < 30 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  EXPECT_GE(failed(), 30U);
  EXPECT_LE(open_descriptors(), before + 2) << "one may be under way";
}

// A dead session looks good to Poco's pool until a statement fails on it.
TEST_P(PostgresFaults, ASessionThatDiedWhileItIdledIsReplaced) {
  EXPECT_EQ(find("SELECT 1"), Lines{"1"});
  (void)sql.write([](Transaction& db) {
    return lines_of(db.query({"test.kill",
                              "SELECT CAST(pg_terminate_backend(pid) AS TEXT) FROM "
                              "pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = "
                              "'client backend'"}));
  });
  EXPECT_EQ(find("SELECT 1"), Lines{"1"});
}

// Poco closes only what is well: a session that broke would keep its memory and its socket.
TEST_P(PostgresFaults, ASessionThatBrokeIsClosed) {
  (void)find("SELECT 1");
  const std::size_t before = open_descriptors();
  for (int i = 0; i < 5; ++i) {
    (void)sql.write([](Transaction& db) {
      return lines_of(db.query({"test.kill",
                                "SELECT CAST(pg_terminate_backend(pid) AS TEXT) FROM "
                                "pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type "
                                "= 'client backend'"}));
    });
    (void)find("SELECT 1");
  }
  EXPECT_LE(open_descriptors(), before + 1);
}

class SqliteFaults : public PocoFaults {};
INSTANTIATE_TEST_SUITE_P(On, SqliteFaults, testing::Values(Engine::Sqlite), name_of);

// An empty blob that is bound as a text is equal to no blob.
TEST_P(SqliteFaults, AnEmptyBlobStaysABlob) {
  change("CREATE TABLE t (n BIGINT, b BLOB)");
  const std::span<std::byte> nothing;
  change("INSERT INTO t VALUES ($1, $2);\n", {1, nothing});
  change("INSERT INTO t VALUES ($1, $2)", {2, nothing});
  EXPECT_EQ(find("SELECT typeof(b) FROM t"), (Lines{"blob", "blob"}));
  EXPECT_EQ(find("SELECT n FROM t WHERE b = $1 AND n = $2", {nothing, 2}), Lines{"2"});
  EXPECT_EQ(find("SELECT n FROM t WHERE b = $1 AND n = $2", {nothing, 1}), Lines{"1"})
      << "the next run of the same statement";
}

// Poco tries a file that it cannot open for a minute.
TEST_P(SqliteFaults, AFileThatCannotBeOpenedIsToldAtOnce) {
  sql::Options options = database.options();
  options.main.path = (database.folder() / "missing" / "x.db").string();
  Sql& nowhere = database.use(options);
  const auto begin = std::chrono::steady_clock::now();
  const auto error = error_of([&] { nowhere.read([](Reader&) {}); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind(), Kind::Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

// Poco knows a table of declared types, and throws for another one.
TEST_P(SqliteFaults, AColumnOfAnotherTypeIsReadAsItIs) {
  change("CREATE TABLE t (j JSONB, n WHATEVER)");
  change("INSERT INTO t VALUES ('{}', 9007199254740993)");
  EXPECT_EQ(find("SELECT j, n FROM t"), Lines{"{} | 9007199254740993"});
}

// What must be set for each session, Poco leaves as it is.
TEST_P(SqliteFaults, SessionsAreSetUpForSafety) {
  const auto ask = [&](std::string_view pragma) {
    return sql.write([&](Transaction& db) { return lines_of(db.query({"test.ask", pragma})); });
  };
  EXPECT_EQ(ask("PRAGMA journal_mode"), Lines{"wal"});
  EXPECT_EQ(ask("PRAGMA synchronous"), Lines{"2"});
  EXPECT_EQ(ask("PRAGMA foreign_keys"), Lines{"1"});
  EXPECT_EQ(ask("PRAGMA busy_timeout"), Lines{"5000"});
  EXPECT_EQ(find("PRAGMA query_only"), Lines{"1"});
  namespace fs = std::filesystem;
  EXPECT_EQ(fs::status(database.folder() / "test.db").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace portico::test
