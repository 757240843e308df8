// SPDX-License-Identifier: Apache-2.0
#include "cli/check.h"

#include "base/clock.h"
#include "cli/loading.h"
#include "tls/listeners.h"

namespace portico::cli {
namespace {

std::string count(std::size_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string praise(const std::string& path, const plugin::Edition& edition) {
  return path + ": fine; " + count(edition.settings().plugins.size(), "plugin") + ", " +
         count(edition.site().table().entries().size(), "route");
}

/// The contexts are made as `run` makes them, and thrown away.
void read_certificates(const config::Settings& settings, config::Problems& problems) {
  static_cast<void>(
      tls::make_contexts(settings, nullptr, base::system_clock().unix_time(), problems));
}

ExitCode run(Args& args, Console& console) {
  const std::string path = take_config_path(args);
  const bool as_json = args.flag("--json");
  if (refuse_leftovers(args, "check", console)) return ExitCode::Usage;
  plugin::InertProcess process;
  config::Problems problems;
  // Never taken apart: the process ends with this command, and ten thousand routes are slow to
  // free.
  static const plugin::Edition* edition = nullptr;
  edition = process.prepare(path, problems).release();
  if (edition != nullptr) read_certificates(edition->settings(), problems);
  const ExitCode code = problems.any_error() ? ExitCode::Config : ExitCode::Ok;
  if (as_json) {
    console.out.line(problems.json());
    return code;
  }
  print_problems(problems, console.error, "this file cannot be served");
  if (code == ExitCode::Ok) console.out.line(praise(path, *edition), Style::Green);
  return code;
}

}  // namespace

const Command CheckCommand = {
    "check", "Checks the file and every plugin's part of it; changes and opens nothing.",
    "Usage: portico check [-c FILE] [--json]\n"
    "\n"
    "Reads the file, loads the plugins that it names, binds every setting, compiles every route,\n"
    "reads the certificates, and tells all problems at once. Nothing is started, opened or made.\n"
    "What passes can fail to run only on the outside world: an address in use, a database away.\n"
    "\n"
    "  --json    the problems as one JSON object\n"
    "\n"
    "Exit codes: 0 fine, 78 not.\n",
    run};

}  // namespace portico::cli
