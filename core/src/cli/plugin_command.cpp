// SPDX-License-Identifier: Apache-2.0
#include "cli/plugin_command.h"

#include "base/guard.h"
#include "cli/loading.h"
#include "cli/run/secret.h"
#include "sql/migration_plan.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include <unistd.h>

namespace portico::cli {
namespace {

bool readable(const std::string& path) { return ::access(path.c_str(), R_OK) == 0; }

/// What it throws is for the operator to read; what is the outside world's is told apart.
ExitCode run(const detail::CommandEntry& command, Args& args, Console& console) {
  ExitCode code = ExitCode::Internal;
  const auto failure = base::guarded([&] {
    try {
      code = static_cast<ExitCode>(command.run(args));
    } catch (const sql::MigrationError& error) {
      code = ExitCode::Unavailable;
      throw std::runtime_error(text_of(error));
    } catch (const SqlError& error) {
      if (error.transient()) code = ExitCode::Unavailable;
      throw;
    }
  });
  if (failure) console.error.line("portico " + command.name + ": " + *failure, Style::Red);
  return code;
}

/// Read, or made, when a plugin asks for it.
std::function<std::string()> secret_for(const config::Settings& settings) {
  return [&settings] {
    Result<std::string> secret = secret_of(settings);
    if (!secret) throw std::runtime_error(secret.error());
    return *std::move(secret);
  };
}

}  // namespace

std::optional<ExitCode> run_plugin_command(std::string_view name, Args& args, Console& console) {
  const std::string path = take_config_path(args);
  if (!readable(path)) return std::nullopt;
  plugin::InertProcess process;
  process.lend_databases();
  const std::unique_ptr<plugin::Edition> edition = load_edition(path, process, console);
  if (edition == nullptr) return ExitCode::Config;
  const detail::CommandEntry* command = edition->generation().find_command(name).entry;
  if (command == nullptr) return std::nullopt;
  if (args.flag("--help")) {
    console.out.line("portico " + command->name + ": " + command->summary);
    return ExitCode::Ok;
  }
  process.use_secret(secret_for(edition->settings()));
  edition->generation().lend_databases();
  return run(*command, args, console);
}

void print_plugin_commands(const std::string& path, Terminal& out) {
  if (!readable(path)) return;
  plugin::InertProcess process;
  config::Problems ignored;
  const std::unique_ptr<plugin::Edition> edition = process.prepare(path, ignored);
  if (edition == nullptr || ignored.any_error()) return;
  for (const auto& instance : edition->generation().instances()) {
    for (const detail::CommandEntry& command : instance->registrations().commands) {
      print_command_line(command.name, command.summary, out);
    }
  }
}

}  // namespace portico::cli
