// SPDX-License-Identifier: Apache-2.0
// Core's own tables in a test's database.
#pragma once

#include "sql/core_migrations.h"
#include "sql/migrator.h"
#include "unit/sql/database.h"

#include <array>
#include <string>

namespace portico::test {

[[nodiscard]] inline std::array<sql::OwnedSteps, 1> core_steps() {
  return {sql::OwnedSteps{std::string(sql::CoreOwner), sql::core_migrations()}};
}

inline void make_core_tables(Database& database) {
  sql::Migrator migrator("main", database.options(), base::system_clock(), database.log);
  migrator.apply(core_steps());
}

}  // namespace portico::test
