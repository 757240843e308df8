// SPDX-License-Identifier: Apache-2.0
// Commands that plugins registered: `portico NAME ...` for a NAME that core does not know.
#pragma once

#include "cli/command.h"

#include <optional>
#include <string_view>

namespace portico::cli {

/// Loads the plugins of the configuration file, never started, and runs the command of that name,
/// which may ask for databases and, by its plugin, for the secret.
/// Nothing when there is no file or no such command.
std::optional<ExitCode> run_plugin_command(std::string_view name, Args& args, Console& console);

/// Prints name and summary of every command that the plugins of the file at `path` registered.
void print_plugin_commands(const std::string& path, Terminal& out);

}  // namespace portico::cli
