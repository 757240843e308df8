// SPDX-License-Identifier: Apache-2.0
// `portico run`: Poco's shell for a server process (daemon, pid file, umask) around the gateway.
#include "cli/run/run.h"

#include "cli/loading.h"
#include "cli/run/control.h"
#include "cli/run/gateway.h"
#include "cli/run/log_options.h"
#include "cli/run/unserved.h"
#include "loop/signals.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include <Poco/Util/ServerApplication.h>

namespace portico::cli {
namespace {

using Exit = cli::ExitCode;  // Poco has one of its own.

class Service final : public Poco::Util::ServerApplication {
 public:
  Service(std::string path, Console& console) : path_(std::move(path)), console_(console) {}

 protected:
  int main(const std::vector<std::string>&) override {
    loop::block_signals();
    inherited_ = server::InheritedSockets::of_process();
    config::Problems problems;
    auto loaded = config::load_settings(path_, config::Environment::of_process(), problems);
    if (problems.any_error()) return static_cast<int>(refuse_file(std::move(loaded), problems));
    try {
      services::Log log(log_options(loaded->settings.log));
      return static_cast<int>(serve(std::move(loaded), problems, log));
    } catch (const std::system_error& error) {
      console_.error.line(std::string("portico run: ") + error.what(), Style::Red);
      return static_cast<int>(Exit::Unavailable);
    }
  }

 private:
  Exit refuse(const config::Problems& problems) {
    print_problems(problems, console_.error, "nothing started");
    return Exit::Config;
  }

  /// Looks at the plugins' part of a faulty file too, so that all of it is told at once.
  Exit refuse_file(std::optional<config::Loaded> loaded, config::Problems& problems) {
    plugin::InertProcess process;
    plugin::Edition::prepare(std::move(loaded), process.parts(), problems);
    return refuse(problems);
  }

  Exit serve(std::optional<config::Loaded> loaded, config::Problems& problems, services::Log& log) {
    Gateway gateway(path_, log);
    auto edition = plugin::Edition::prepare(std::move(loaded), gateway.parts(), problems);
    if (edition != nullptr) refuse_unserved(edition->settings(), problems);
    if (problems.any_error()) return refuse(problems);
    print_problems(problems, console_.error, "serving all the same");
    if (const auto failure = gateway.start(std::move(edition), std::move(inherited_))) {
      console_.error.print(failure->text, Style::Red);
      return failure->code;
    }
    Control(gateway).run();
    return Exit::Ok;
  }

  const std::string path_;
  Console& console_;
  server::InheritedSockets inherited_;
};

bool is_process_option(const std::string& word) {
  return word == "--daemon" || word.starts_with("--pidfile=") || word.starts_with("--umask=");
}

ExitCode run(Args& args, Console& console) {
  const std::string path = take_config_path(args);
  std::vector<std::string> words = {"portico"};
  while (!args.words().empty() && is_process_option(args.words().front())) {
    words.push_back(args.words().front());
    static_cast<void>(args.flag(words.back()));
  }
  if (refuse_leftovers(args, "run", console)) return ExitCode::Usage;
  Service service(std::filesystem::absolute(path).string(), console);
  return static_cast<ExitCode>(service.run(words));
}

}  // namespace

const Command RunCommand = {
    "run", "Serves the file, in the foreground.",
    "Usage: portico run [-c FILE] [--daemon] [--pidfile=FILE] [--umask=MASK]\n"
    "\n"
    "Loads the plugins that the file names and serves its routes until it is told to stop.\n"
    "\n"
    "  --daemon        go to the background (a service manager does this better)\n"
    "  --pidfile=FILE  write the process id\n"
    "  --umask=MASK    octal\n"
    "\n"
    "Signals: HUP reads the file again and swaps it in, or changes nothing and says why; TERM\n"
    "and INT drain and stop, a second one ends at once; USR1 reopens the log file.\n"
    "Exit codes: 0 stopped as asked, 64 usage, 69 unavailable, 78 configuration.\n",
    run};

}  // namespace portico::cli
