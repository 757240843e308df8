// SPDX-License-Identifier: Apache-2.0
// What is said of migrations: tests/migrations/lint.golden has the text of a step and, behind the
// dashes, all that is wrong with it, or `ok`. Written anew with PORTICO_REFRESH_GOLDENS=1.
#include "sql/migration_lint.h"

#include "sql/migrator.h"
#include "unit/config/golden.h"
#include "unit/sql/database.h"

#include <array>
#include <cstdlib>

namespace portico::sql {
namespace {

std::string told(std::span<const Migration> steps) {
  std::string text;
  for (const Fault& fault : faults_of(steps)) text += fault.what + "; " + fault.remedy + "\n";
  return text.empty() ? "ok\n" : text;
}

std::string told(std::string_view up) {
  return told(std::array{Migration{.number = 1, .name = "step", .up = up, .down = ""}});
}

TEST(MigrationLint, SaysWhatItSaid) {
  const bool refresh = std::getenv("PORTICO_REFRESH_GOLDENS") != nullptr;
  for (config::GoldenFile& file : config::load_goldens("migrations")) {
    for (config::GoldenCase& one : file.cases) {
      const std::string now = told(one.yaml);
      if (!refresh) {
        EXPECT_EQ(now, one.expected) << one.title;
      }
      one.expected = now;
    }
    if (refresh) config::store_golden(file);
  }
}

TEST(MigrationLint, WantsNumbersFromOneWithoutGaps) {
  constexpr std::string_view Up = "DELETE FROM t";
  EXPECT_EQ(told(std::array{Migration{0, "a", Up, ""}}),
            "migration 0 (a): its number should be 1; number them from 1, without gaps and in "
            "their order\n");
  EXPECT_EQ(told(std::array{Migration{1, "a", Up, ""}, Migration{3, "b", Up, ""}}),
            "migration 3 (b): its number should be 2; number them from 1, without gaps and in "
            "their order\n");
  EXPECT_EQ(
      told(std::array{Migration{1, "a", Up, ""}, Migration{1, "b", Up, ""}}),
      "migration 1 (b): there is another one of this number; number them from 1, each once\n");
}

TEST(MigrationLint, LooksAtNamesAndAtDownToo) {
  EXPECT_EQ(told(std::array{Migration{1, "Add users", "DELETE FROM t", "VACUUM"}}),
            "migration 1 (Add users): its name is not made of a-z, 0-9 and '_'; call it another "
            "way\n"
            "migration 1 (Add users): in `down`, a statement begins with VACUUM; a migration has "
            "CREATE, ALTER and DROP of tables, indexes and views, INSERT, UPDATE and DELETE\n");
}

}  // namespace

/// What it finds fine means the same to both engines.
class LintedMigration : public test::EachEngine {};
INSTANTIATE_TEST_SUITE_P(On, LintedMigration, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         test::name_of);

TEST_P(LintedMigration, IsTakenByTheEngine) {
  for (const config::GoldenFile& file : config::load_goldens("migrations")) {
    for (const config::GoldenCase& one : file.cases) {
      if (one.expected != "ok\n") continue;
      const std::array steps{Migration{.number = 1, .name = "step", .up = one.yaml, .down = ""}};
      const std::array owners{OwnedSteps{one.title, steps}};
      EXPECT_NO_THROW(
          Migrator("main", database.options(), base::system_clock(), database.log).apply(owners))
          << one.title;
    }
  }
}

}  // namespace portico::sql
