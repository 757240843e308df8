// SPDX-License-Identifier: Apache-2.0
// Finds the command that the words name and runs it: core's own, else one that a plugin of the
// configuration file registered.
#include "base/text.h"
#include "cli/command.h"
#include "cli/plugin_command.h"

#include <algorithm>

#include <unistd.h>

namespace portico::cli {
namespace {

constexpr std::string_view Tail =
    "\n"
    "`portico COMMAND --help` explains one. -c FILE defaults to ./portico.yaml, then the "
    "installed\n"
    "file. Exit codes: 0 fine, 64 usage, 69 unavailable, 78 configuration.\n";

void print_help(Terminal& out) {
  out.line("Portico, a gateway that is one YAML file and the plugins it names.");
  out.line();
  out.line("Usage: portico COMMAND [-c FILE] [...]", Style::Bold);
  out.line();
  for (const Command& command : commands()) print_command_line(command.name, command.summary, out);
  Args none({});
  print_plugin_commands(take_config_path(none), out);
  out.print(Tail);
}

const Command* find(std::string_view name) {
  const auto all = commands();
  const auto found = std::ranges::find(all, name, &Command::name);
  return found == all.end() ? nullptr : &*found;
}

ExitCode refuse_command(std::string_view name, Console& console) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  std::string sentence = "portico: unknown command `" + base::escape_control(name) + "`";
  const std::string_view guess = base::closest(name, names);
  if (!guess.empty()) sentence.append("; did you mean `").append(guess).append("`?");
  console.error.line(sentence, Style::Red);
  console.error.line(
      "`portico --help` lists the commands; a plugin's are there once the file names it.");
  return ExitCode::Usage;
}

}  // namespace

void print_command_line(std::string_view name, std::string_view summary, Terminal& out) {
  constexpr std::size_t Column = 12;
  out.print("  ");
  out.print(name, Style::Bold);
  out.print(std::string(name.size() < Column ? Column - name.size() : 1, ' '));
  out.line(summary);
}

std::string take_config_path(Args& args) {
  if (auto path = args.option("-c")) return *std::move(path);
  if (auto path = args.option("--config")) return *std::move(path);
  constexpr const char* Local = "portico.yaml";
  return ::access(Local, F_OK) == 0 ? Local : PORTICO_CONFIG_FILE;
}

bool refuse_leftovers(const Args& args, std::string_view command, Console& console) {
  if (args.words().empty()) return false;
  const std::string& word = args.words().front();
  const std::string_view kind = word.starts_with('-') ? "unknown option `" : "unexpected `";
  console.error.line("portico " + std::string(command) + ": " + std::string(kind) +
                         base::escape_control(word) + "`; `portico " + std::string(command) +
                         " --help` says what it takes",
                     Style::Red);
  return true;
}

ExitCode run_program(std::vector<std::string> words, Console& console) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_help(words.empty() ? console.error : console.out);
    return words.empty() ? ExitCode::Usage : ExitCode::Ok;
  }
  if (words[0] == "--version" || words[0] == "-V") words[0] = "version";
  const std::string name = words[0];
  words.erase(words.begin());
  Args args(std::move(words));
  if (const Command* command = find(name)) {
    if (args.flag("--help") || args.flag("-h")) {
      console.out.print(command->help);
      return ExitCode::Ok;
    }
    return command->run(args, console);
  }
  if (const std::optional<ExitCode> code = run_plugin_command(name, args, console)) return *code;
  return refuse_command(name, console);
}

}  // namespace portico::cli
