// SPDX-License-Identifier: Apache-2.0
// Migrations as they are applied and undone, on both engines.
#include "sql/migrator.h"

#include "unit/sql/database.h"

#include <array>

namespace portico::test {
namespace {

using Lines = std::vector<std::string>;
using sql::OwnedSteps;

constexpr std::array Steps{
    Migration{1, "users", "CREATE TABLE users (id TEXT PRIMARY KEY, picture BLOB)",
              "DROP TABLE users"},
    Migration{
        2, "names",
        "ALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT 'nobody; yet'; -- a comment\n"
        "INSERT INTO users (id, name) VALUES ('1', 'ada')",
        "DELETE FROM users; ALTER TABLE users DROP COLUMN name"}};
constexpr std::array Faulty{
    Steps[0], Migration{2, "half", "INSERT INTO users (id) VALUES ('1'); DROP TABLE nowhere", ""}};
constexpr std::array Counted{
    Migration{1, "log",
              "CREATE TABLE log (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
              "what TEXT NOT NULL)",
              "DROP TABLE log"}};

class SqlMigrator : public EachEngine {
 protected:
  Lines apply(std::span<const Migration> steps, const std::string& owner = "auth") {
    return done_by([&](sql::Migrator& migrator) {
      return migrator.apply(std::array{OwnedSteps{owner, steps}});
    });
  }
  Lines undo(std::span<const Migration> steps, std::uint32_t number) {
    return done_by([&](sql::Migrator& migrator) {
      return migrator.undo(OwnedSteps{"auth", steps}, number);
    });
  }
  [[nodiscard]] Lines history() {
    return done_by([](sql::Migrator& migrator) { return migrator.history(); });
  }
  /// What it throws, or nothing.
  template <class Call>
  [[nodiscard]] static std::string refusal(Call call) {
    try {
      call();
    } catch (const sql::MigrationError& error) {
      return error.owner() + ": " + sql::text_of(error);
    }
    return {};
  }

 private:
  template <class Call>
  Lines done_by(Call call) {
    sql::Migrator migrator("main", database.options(), base::system_clock(), database.log);
    Lines lines;
    for (const sql::AppliedStep& step : call(migrator)) {
      lines.push_back(step.owner + " " + std::to_string(step.number) + " " + step.name);
    }
    return lines;
  }
};
INSTANTIATE_TEST_SUITE_P(On, SqlMigrator, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlMigrator, AppliesEachStepOnceAndInOrder) {
  EXPECT_EQ(apply(std::span(Steps).first(1)), Lines{"auth 1 users"});
  EXPECT_EQ(apply(Steps), Lines{"auth 2 names"});
  EXPECT_EQ(apply(Steps), Lines{});
  EXPECT_EQ(find("SELECT id, name FROM users WHERE picture IS NULL"), Lines{"1 | ada"});
  EXPECT_EQ(history(), (Lines{"auth 1 users", "auth 2 names"}));
}

TEST_P(SqlMigrator, WritesDownWhatItApplied) {
  const auto before = base::system_clock().unix_time().count();
  apply(Steps);
  const Rows rows = sql.read([](Reader& db) {
    return db.query({"t.all",
                     "SELECT plugin, number, name, checksum, applied_at, duration_ms FROM "
                     "portico_migrations ORDER BY number"});
  });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].text(0), "auth");
  EXPECT_EQ(rows[1].integer(1), 2);
  EXPECT_EQ(rows[1].text(2), "names");
  EXPECT_EQ(rows[1].text(3).size(), 64U);
  EXPECT_GE(rows[1].integer(4), before);
  EXPECT_GE(rows[1].integer(5), 0);
}

TEST_P(SqlMigrator, SaysSoInTheLog) {
  apply(Steps);
  const auto records = database.log.records();
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].message, "a migration was applied");
}

TEST_P(SqlMigrator, KeepsPluginsApart) {
  apply(Steps);
  EXPECT_EQ(apply(Counted, "audit"), Lines{"audit 1 log"});
  EXPECT_EQ(history(), (Lines{"audit 1 log", "auth 1 users", "auth 2 names"}));
}

TEST_P(SqlMigrator, GivesNumbersThatCountByThemselves) {
  apply(Counted, "audit");
  constexpr std::string_view Add = "INSERT INTO log (what) VALUES ($1)";
  change(Add, {"a"});
  change(Add, {"b"});
  change("DELETE FROM log WHERE n = 2");
  change(Add, {"c"});
  const Rows rows = sql.read([](Reader& db) {
    return db.query({"t.all", "SELECT n, what FROM log ORDER BY n"});
  });
  EXPECT_EQ(lines_of(rows), (Lines{"1 | a", "3 | c"})) << "no number is given twice";
  EXPECT_EQ(rows[1].integer(0), 3);
}

TEST_P(SqlMigrator, LeavesNothingOfAStepThatFails) {
  const std::string told = refusal([&] { apply(Faulty); });
  EXPECT_EQ(
      told.find("auth: migration 2 (half) of auth failed in the database main, and nothing of "
                "it was done: statement 2: "),
      0U)
      << told;
  EXPECT_EQ(find("SELECT COUNT(*) FROM users"), Lines{"0"});
  EXPECT_EQ(history(), Lines{"auth 1 users"});
  EXPECT_EQ(apply(Steps), Lines{"auth 2 names"}) << "once it is repaired, it goes on";
}

TEST_P(SqlMigrator, RefusesAStepThatHasChanged) {
  apply(Steps);
  const std::array changed{Steps[0], Migration{2, "names", "DELETE FROM users", ""}};
  EXPECT_NE(refusal([&] { apply(changed); }).find("its text has changed since"), std::string::npos);
  EXPECT_EQ(find("SELECT COUNT(*) FROM users"), Lines{"1"});
}

TEST_P(SqlMigrator, RefusesADatabaseThatIsNewer) {
  apply(Steps);
  const auto older = std::span(Steps).first(1);
  EXPECT_NE(refusal([&] { apply(older); }).find("portico migrate --down-to auth=1"),
            std::string::npos);
  EXPECT_EQ(undo(Steps, 1), Lines{"auth 2 names"}) << "as it says";
  EXPECT_EQ(apply(older), Lines{});
  EXPECT_EQ(find("SELECT * FROM users"), Lines{});
}

TEST_P(SqlMigrator, UndoesAndAppliesAgain) {
  apply(Steps);
  EXPECT_EQ(undo(Steps, 0), (Lines{"auth 2 names", "auth 1 users"}));
  EXPECT_EQ(history(), Lines{});
  EXPECT_EQ(undo(Steps, 0), Lines{});
  EXPECT_EQ(apply(Steps).size(), 2U);
}

TEST_P(SqlMigrator, ShowsNothingOfADatabaseThatHasNone) { EXPECT_EQ(history(), Lines{}); }

TEST_P(SqlMigrator, NeedsNoRightToChangeAnythingWhenAllIsDone) {
  apply(Steps);
  if (GetParam() == Engine::Sqlite) return;
  change("CREATE ROLE guest LOGIN");
  change("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  change("GRANT SELECT ON portico_migrations TO guest");
  sql::Migrator guest("main", database.options("guest"), base::system_clock(), database.log);
  EXPECT_TRUE(guest.apply(std::array{OwnedSteps{"auth", Steps}}).empty());
  const std::string told = refusal([&] { guest.apply(std::array{OwnedSteps{"audit", Counted}}); });
  EXPECT_NE(told.find("42501"), std::string::npos) << told;
}

class SqlMigratorAway : public SqlMigrator {};
INSTANTIATE_TEST_SUITE_P(On, SqlMigratorAway, testing::Values(Engine::PostgreSql), name_of);

TEST_P(SqlMigratorAway, SaysThatTheDatabaseIs) {
  database.server().kill();
  const std::string told = refusal([&] { apply(Steps); });
  EXPECT_EQ(told.find(": the database main is away: "), 0U) << told;
  EXPECT_NE(told.find("bring it up, or correct databases.main"), std::string::npos) << told;
}

}  // namespace
}  // namespace portico::test
