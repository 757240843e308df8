// SPDX-License-Identifier: Apache-2.0
// What `portico migrate --status` shows: every migration that plugins have or a database has.
#pragma once

#include "cli/terminal.h"
#include "plugin/migrations.h"
#include "sql/migration_plan.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::cli {

struct ListedMigration {
  std::string database;
  std::string plugin;
  std::uint32_t number;
  std::string name;
  /// "applied", "pending", "changed" (the text is not the one that was applied), "unknown" (the
  /// plugin of the file does not have it, or the file does not name the plugin).
  std::string_view state;
  std::chrono::microseconds applied{0};  ///< 0 where it was not.
};

/// In the order of plugins and numbers.
[[nodiscard]] std::vector<ListedMigration> list_migrations(
    const plugin::DatabaseSteps& database, const std::vector<sql::AppliedStep>& applied);

void print_migrations(const std::vector<ListedMigration>& listed, Terminal& out);
[[nodiscard]] std::string migrations_json(const std::vector<ListedMigration>& listed);

}  // namespace portico::cli
