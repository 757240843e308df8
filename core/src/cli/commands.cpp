// SPDX-License-Identifier: Apache-2.0
// The table of core's commands.
#include "cli/check.h"
#include "cli/command.h"
#include "cli/explain.h"
#include "cli/plugin.h"
#include "cli/routes.h"
#include "cli/run/run.h"
#include "cli/schema.h"
#include "cli/version.h"

#include <array>

namespace portico::cli {

std::span<const Command> commands() {
  static const std::array<Command, 7> all = {run_command,     check_command,  routes_command,
                                             explain_command, schema_command, plugin_command,
                                             version_command};
  return all;
}

}  // namespace portico::cli
