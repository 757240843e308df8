// SPDX-License-Identifier: Apache-2.0
// The table of core's commands.
#include "cli/check.h"
#include "cli/command.h"
#include "cli/explain.h"
#include "cli/migrate.h"
#include "cli/plugin.h"
#include "cli/routes.h"
#include "cli/run/run.h"
#include "cli/schema.h"
#include "cli/upgrade.h"
#include "cli/version.h"

#include <array>

namespace portico::cli {

std::span<const Command> commands() {
  static const std::array<Command, 9> all = {RunCommand,     CheckCommand,   RoutesCommand,
                                             ExplainCommand, SchemaCommand,  MigrateCommand,
                                             PluginCommand,  UpgradeCommand, VersionCommand};
  return all;
}

}  // namespace portico::cli
