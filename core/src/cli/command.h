// SPDX-License-Identifier: Apache-2.0
// One command of the command line: its words, its help, its function. One file per command.
#pragma once

#include "cli/exit_code.h"
#include "cli/terminal.h"
#include <portico/plugin.h>

#include <span>
#include <string>
#include <string_view>

namespace portico::cli {

/// What every command is handed.
struct Console {
  Terminal out{stdout};
  Terminal error{stderr};
};

struct Command {
  std::string_view name;
  std::string_view summary;  ///< One line in `portico --help`.
  std::string_view help;     ///< What `portico NAME --help` prints.
  ExitCode (*run)(Args& args, Console& console);
};

/// Every command of core, in the order of the help.
std::span<const Command> commands();

/// The file that a command works on: `-c FILE`, else ./portico.yaml, else the installed one
/// (/etc/portico/portico.yaml). Takes the option out of `args`.
std::string take_config_path(Args& args);

/// One line of a list of commands.
void print_command_line(std::string_view name, std::string_view summary, Terminal& out);

/// Complains about words that nobody took; true when there were any.
bool refuse_leftovers(const Args& args, std::string_view command, Console& console);

/// Runs `portico ARGV...`.
ExitCode run_program(std::vector<std::string> words, Console& console);

}  // namespace portico::cli
