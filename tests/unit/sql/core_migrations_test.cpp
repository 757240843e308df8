// SPDX-License-Identifier: Apache-2.0
// Core's own tables keep to the rules for plugins, and come and go on both engines.
#include "sql/core_migrations.h"

#include "sql/migration_lint.h"
#include "unit/sql/core_tables.h"

namespace portico::test {
namespace {

class CoreMigrations : public EachEngine {};
INSTANTIATE_TEST_SUITE_P(On, CoreMigrations, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(CoreMigrations, AreAppliedAndUndone) {
  sql::Migrator migrator("main", database.options(), base::system_clock(), database.log);
  const auto count = sql::core_migrations().size();
  EXPECT_EQ(migrator.apply(core_steps()).size(), count);
  EXPECT_EQ(migrator.undo(core_steps()[0], 0).size(), count);
  EXPECT_EQ(migrator.apply(core_steps()).size(), count);
}

TEST(CoreMigrationsText, KeepToTheRulesForPlugins) {
  for (const sql::Fault& fault : sql::faults_of(sql::core_migrations())) {
    ADD_FAILURE() << fault.what;
  }
}

}  // namespace
}  // namespace portico::test
