// SPDX-License-Identifier: Apache-2.0
// The tables that the plugins of a generation have in their databases, and core in the same ones.
#pragma once

#include "base/clock.h"
#include "plugin/instance.h"
#include "services/log/sink.h"
#include "sql/migration_plan.h"
#include "sql/store.h"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace portico::plugin {

using Instances = std::span<const std::unique_ptr<Instance>>;

/// A database that plugins use, and all that is to be in it: core's steps, and then those of the
/// plugins in the order of the file. Owners without a step are left out. Valid as long as the
/// instances.
struct DatabaseSteps {
  sql::Store* store;
  const Instance* first_user;
  std::vector<sql::OwnedSteps> owners;
};

/// In order of the databases' names.
[[nodiscard]] std::vector<DatabaseSteps> database_steps(Instances instances);

/// Applies what that database lacks; without asking it, when it was found to lack nothing of these
/// before. Throws sql::MigrationError.
void bring_up_to_date(const DatabaseSteps& database, const base::Clock& clock,
                      services::LogSink& log);

}  // namespace portico::plugin
