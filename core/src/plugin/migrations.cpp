// SPDX-License-Identifier: Apache-2.0
#include "plugin/migrations.h"

#include "sql/core_migrations.h"
#include "sql/migration_text.h"
#include "sql/migrator.h"

#include <algorithm>
#include <map>
#include <string>

namespace portico::plugin {
namespace {

/// The same for the same steps of the same owners.
[[nodiscard]] std::string name_of(std::span<const sql::OwnedSteps> owners) {
  std::string name;
  for (const sql::OwnedSteps& owned : owners) {
    name += owned.owner + ':';
    for (const Migration& step : owned.steps) name += sql::checksum_of(step) + ' ';
  }
  return name;
}

}  // namespace

std::vector<DatabaseSteps> database_steps(Instances instances) {
  std::map<std::string_view, DatabaseSteps> found;
  for (const auto& instance : instances) {
    for (sql::Store* const store : instance->databases()) {
      found.try_emplace(store->name, DatabaseSteps{store, instance.get(), {}});
    }
  }
  for (auto& [name, database] : found) {
    const auto core = sql::core_migrations();
    if (!core.empty()) database.owners.push_back({std::string(sql::CoreOwner), core});
  }
  for (const auto& instance : instances) {
    for (const detail::MigrationsEntry& entry : instance->registrations().migrations) {
      if (entry.steps.empty()) continue;
      found.at(entry.database).owners.push_back({instance->name(), entry.steps});
    }
  }
  std::vector<DatabaseSteps> all;
  for (auto& [name, database] : found) all.push_back(std::move(database));
  return all;
}

void bring_up_to_date(const DatabaseSteps& database, const base::Clock& clock,
                      services::LogSink& log) {
  if (database.owners.empty()) return;
  std::string steps = name_of(database.owners);
  if (database.store->has_settled(steps)) return;
  sql::Migrator(database.store->name, database.store->options, clock, log).apply(database.owners);
  database.store->settle(std::move(steps));
}

}  // namespace portico::plugin
