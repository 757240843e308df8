// SPDX-License-Identifier: Apache-2.0
// `portico run`: Poco's shell for a server process (daemon, pid file, umask) around the gateway.
#include "cli/run/run.h"

#include "base/alternate_stack.h"
#include "base/state_directory.h"
#include "cli/loading.h"
#include "cli/run/control.h"
#include "cli/run/crash_report.h"
#include "cli/run/gateway.h"
#include "cli/run/log_options.h"
#include "cli/run/pid_file.h"
#include "cli/run/predecessor.h"
#include "cli/run/unserved.h"
#include "loop/signals.h"

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <Poco/Util/ServerApplication.h>

namespace portico::cli {
namespace {

using Exit = cli::ExitCode;  // Poco has one of its own.

struct CommandLine {
  std::string path;
  std::string pid_file{};  ///< Empty: none.
};

/// The program's file by the name that it was called by: what lies there when an upgrade comes may
/// be another one.
std::string program_file() {
  const std::filesystem::path called = program_invocation_name;
  if (called.has_parent_path()) return std::filesystem::absolute(called).string();
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).string();
}

/// Of the process that takes over; not in the background, where this one is already.
std::vector<std::string> successor_of(const CommandLine& line) {
  std::vector<std::string> words = {program_file(), "run", "-c", line.path};
  if (!line.pid_file.empty()) words.push_back("--pidfile=" + line.pid_file);
  return words;
}

class Service final : public Poco::Util::ServerApplication {
 public:
  Service(CommandLine line, Console& console)
      : line_(std::move(line)), successor_(successor_of(line_)), console_(console) {}

 protected:
  int main(const std::vector<std::string>&) override {
    loop::block_signals();
    const base::AlternateStack crash_stack;
    CrashReport::install(base::state_directory().string());
    inherited_ = server::InheritedSockets::of_process();
    predecessor_ = Predecessor(inherited_.take_report());
    config::Problems problems;
    auto loaded = config::load_settings(line_.path, config::Environment::of_process(), problems);
    if (problems.any_error()) return static_cast<int>(refuse_file(std::move(loaded), problems));
    try {
      services::Log log(log_options(loaded->settings.log));
      return static_cast<int>(serve(std::move(loaded), problems, log));
    } catch (const std::system_error& error) {
      const Gateway::Failure failure{Exit::Unavailable,
                                     std::string("portico run: ") + error.what() + "\n"};
      return static_cast<int>(fail(failure));
    }
  }

 private:
  Exit refuse(const config::Problems& problems) {
    print_problems(problems, console_.error, "nothing started");
    predecessor_.failed(problems.text(config::Problems::Colour::None, "nothing started"));
    return Exit::Config;
  }

  /// Looks at the plugins' part of a faulty file too, so that all of it is told at once.
  Exit refuse_file(std::optional<config::Loaded> loaded, config::Problems& problems) {
    plugin::InertProcess process;
    plugin::Edition::prepare(std::move(loaded), process.parts(), problems);
    return refuse(problems);
  }

  Exit fail(const Gateway::Failure& failure) {
    console_.error.print(failure.text, Style::Red);
    predecessor_.failed(failure.text);
    return failure.code;
  }

  Exit serve(std::optional<config::Loaded> loaded, config::Problems& problems, services::Log& log) {
    Gateway gateway(line_.path, log);
    auto edition = plugin::Edition::prepare(std::move(loaded), gateway.parts(), problems);
    if (edition != nullptr) refuse_unserved(edition->settings(), problems);
    if (problems.any_error()) return refuse(problems);
    print_problems(problems, console_.error, "serving all the same");
    Control control(gateway, log, inherited_, successor_);
    if (const auto failure = gateway.start(std::move(edition), std::move(inherited_))) {
      return fail(*failure);
    }
    const PidFile pid_file(line_.pid_file);
    gateway.tell_serving();
    if (predecessor_.waits()) {
      control.own_files();
      predecessor_.ready();  // It tells the service manager.
    } else {
      gateway.tell_ready();
    }
    control.run();
    return Exit::Ok;
  }

  const CommandLine line_;
  const std::vector<std::string> successor_;
  Console& console_;
  server::InheritedSockets inherited_;
  Predecessor predecessor_;
};

constexpr std::string_view PidFileOption = "--pidfile=";

bool is_process_option(const std::string& word) {
  return word == "--daemon" || word.starts_with("--umask=") || word.starts_with(PidFileOption);
}

ExitCode run(Args& args, Console& console) {
  CommandLine line{.path = std::filesystem::absolute(take_config_path(args)).string()};
  std::vector<std::string> words = {"portico"};
  while (!args.words().empty() && is_process_option(args.words().front())) {
    const std::string word = args.words().front();
    static_cast<void>(args.flag(word));
    if (word.starts_with(PidFileOption)) {
      // Not Poco's, which would take away the file of the process that took over.
      line.pid_file = std::filesystem::absolute(word.substr(PidFileOption.size())).string();
    } else {
      words.push_back(word);
    }
  }
  if (refuse_leftovers(args, "run", console)) return ExitCode::Usage;
  Service service(std::move(line), console);
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
    "  --pidfile=FILE  write the process id once it serves\n"
    "  --umask=MASK    octal\n"
    "\n"
    "Signals: HUP reads the file again and swaps it in, or changes nothing and says why; TERM\n"
    "and INT drain and stop, a second one ends at once; USR1 reopens the log files;\n"
    "USR2 lets a new process take over, as `portico upgrade` does.\n"
    "Exit codes: 0 stopped as asked, 64 usage, 69 unavailable, 78 configuration.\n",
    run};

}  // namespace portico::cli
