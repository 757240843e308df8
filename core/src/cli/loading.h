// SPDX-License-Identifier: Apache-2.0
// What the commands share that read the configuration without serving it.
#pragma once

#include "cli/command.h"
#include "config/problems.h"
#include "plugin/inert_process.h"

#include <memory>
#include <string_view>

namespace portico::cli {

/// The edition of the file that `-c` names, never started. Prints the problems; null when there was
/// an error, for which the exit code is ExitCode::Config.
std::unique_ptr<plugin::Edition> load_edition(const std::string& path,
                                              plugin::InertProcess& process, Console& console);

void print_problems(const config::Problems& problems, Terminal& terminal,
                    std::string_view consequence);

}  // namespace portico::cli
