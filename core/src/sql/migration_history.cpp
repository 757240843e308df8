// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_history.h"

#include <array>
#include <utility>

namespace portico::sql {
namespace {

constexpr Statement InSqlite{
    "migrations.exist",
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'portico_migrations'"};
constexpr Statement InPostgres{"migrations.exist",
                               "SELECT CAST(to_regclass('portico_migrations') AS TEXT)"};
constexpr Statement Make{
    "migrations.make",
    "CREATE TABLE portico_migrations (plugin TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT "
    "NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, duration_ms BIGINT NOT NULL, "
    "PRIMARY KEY (plugin, number))"};
constexpr Statement All{"migrations.all",
                        "SELECT plugin, number, name, checksum, applied_at, duration_ms FROM "
                        "portico_migrations ORDER BY plugin, number"};
constexpr Statement Add{"migrations.add",
                        "INSERT INTO portico_migrations (plugin, number, name, checksum, "
                        "applied_at, duration_ms) VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr Statement Remove{"migrations.remove",
                           "DELETE FROM portico_migrations WHERE plugin = $1 AND number = $2"};

}  // namespace

bool MigrationHistory::exists() {
  const bool sqlite = engine_ == Engine::Sqlite;
  const Rows found = session_.run(sqlite ? InSqlite : InPostgres, {}).rows;
  return !found.empty() && !found[0].null(0);
}

void MigrationHistory::make() { (void)session_.run(Make, {}); }

std::vector<AppliedStep> MigrationHistory::read() {
  std::vector<AppliedStep> steps;
  if (!exists()) return steps;
  const Rows rows = session_.run(All, {}).rows;
  for (const Row row : rows) {
    steps.push_back({.owner = std::string(row.text(0)),
                     .number = static_cast<std::uint32_t>(row.integer(1)),
                     .name = std::string(row.text(2)),
                     .checksum = std::string(row.text(3)),
                     .at = std::chrono::microseconds(row.integer(4)),
                     .took = std::chrono::milliseconds(row.integer(5))});
  }
  return steps;
}

void MigrationHistory::add(const AppliedStep& step) {
  const std::array<SqlValue, 6> values{step.owner,    step.number,     step.name,
                                       step.checksum, step.at.count(), step.took.count()};
  (void)session_.run(Add, values);
}

void MigrationHistory::remove(const AppliedStep& step) {
  const std::array<SqlValue, 2> values{step.owner, step.number};
  (void)session_.run(Remove, values);
}

}  // namespace portico::sql
