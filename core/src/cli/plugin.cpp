// SPDX-License-Identifier: Apache-2.0
// `portico plugin list|info|verify|new`. None of them runs a plugin's code: what they show stands
// in the file's stamp.
#include "cli/plugin.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "plugin/plugin_home.h"
#include "plugin/scaffold.h"
#include "plugin/verify.h"

#include <algorithm>
#include <filesystem>

namespace portico::cli {
namespace {

using Installed = plugin::PluginHome::Installed;

void write(base::JsonWriter& json, const Installed& one) {
  json.begin_object();
  json.member("name", std::string_view(one.stamp.name()));
  json.member("version", std::string_view(one.stamp.version()));
  json.member("summary", std::string_view(one.stamp.summary()));
  json.member("sdk", std::string_view(one.stamp.sdk()));
  json.member("compiler", std::string_view(one.stamp.compiler()));
  json.member("file", std::string_view(one.file.string()));
  json.member("problem", std::string_view(one.problem)).end_object();
}

ExitCode list(Args& args, Console& console) {
  const bool as_json = args.flag("--json");
  if (refuse_leftovers(args, "plugin list", console)) return ExitCode::Usage;
  const plugin::PluginHome home = plugin::PluginHome::of_this_program();
  const std::vector<Installed> all = home.installed();
  if (as_json) {
    std::string text;
    base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
    json.begin_array();
    for (const Installed& one : all) write(json, one);
    json.end_array();
    console.out.line(text);
    return ExitCode::Ok;
  }
  for (const Installed& one : all) {
    if (!one.problem.empty()) {
      console.out.print(one.file.filename().string(), Style::Bold);
      console.out.line("  " + one.problem, Style::Red);
      continue;
    }
    console.out.print(one.stamp.name(), Style::Bold);
    console.out.line(" " + one.stamp.version() + "  " + one.stamp.summary());
  }
  if (!all.empty()) return ExitCode::Ok;
  console.out.line("No plugin is installed. Looked in:");
  for (const auto& folder : home.folders()) console.out.line("  " + folder.string());
  return ExitCode::Ok;
}

/// A plugin by its name, or by the path of its file.
Result<std::filesystem::path> find_file(const std::string& word) {
  if (word.find('/') != std::string::npos || word.ends_with(".so")) {
    return std::filesystem::path(word);
  }
  return plugin::PluginHome::of_this_program().find(word);
}

void print_facts(const plugin::VerifyReport& report, Terminal& out) {
  const auto row = [&out](std::string_view key, const std::string& value) {
    out.print(key, Style::Bold);
    out.line(value);
  };
  row("file      ", report.file);
  row("sha256    ", report.hash);
  if (!report.stamp) return;
  row("name      ", report.stamp->name());
  row("version   ", report.stamp->version());
  row("summary   ", report.stamp->summary());
  row("SDK       ", report.stamp->sdk());
  row("compiler  ", report.stamp->compiler());
  for (const std::string& library : report.libraries) row("needs     ", library);
}

/// `info` and `verify` look at the same report; one shows facts, the other judges.
ExitCode inspect(Args& args, Console& console, std::string_view name,
                 ExitCode (*show)(const plugin::VerifyReport&, Console&)) {
  const bool as_json = args.flag("--json");
  const std::string command = "plugin " + std::string(name);
  if (args.words().size() != 1) {
    console.error.line("portico " + command + ": give one plugin, by name or file", Style::Red);
    return ExitCode::Usage;
  }
  const auto file = find_file(args.words().front());
  if (!file) {
    console.error.line("portico " + command + ": " + file.error(), Style::Red);
    return ExitCode::Failed;
  }
  const plugin::VerifyReport report = plugin::verify(*file);
  if (!as_json) return show(report, console);
  console.out.line(report.json());
  return report.accepted() ? ExitCode::Ok : ExitCode::Failed;
}

ExitCode info(Args& args, Console& console) {
  return inspect(args, console, "info", [](const plugin::VerifyReport& report, Console& to) {
    print_facts(report, to.out);
    return report.stamp ? ExitCode::Ok : ExitCode::Failed;
  });
}

ExitCode verify(Args& args, Console& console) {
  return inspect(args, console, "verify", [](const plugin::VerifyReport& report, Console& to) {
    to.out.print(report.text());
    return report.accepted() ? ExitCode::Ok : ExitCode::Failed;
  });
}

ExitCode make_new(Args& args, Console& console) {
  if (args.words().size() != 1) {
    console.error.line("portico plugin new: give one name, such as `hello`", Style::Red);
    return ExitCode::Usage;
  }
  const std::string& name = args.words().front();
  const auto files = plugin::scaffold(name, std::filesystem::current_path());
  if (!files) {
    console.error.line("portico plugin new: " + files.error(), Style::Red);
    return ExitCode::Usage;
  }
  for (const auto& file : *files) console.out.line("made " + file.string(), Style::Faint);
  console.out.line("Now: cd " + name +
                   " && cmake -B build && cmake --build build && ctest --test-dir build");
  return ExitCode::Ok;
}

ExitCode run(Args& args, Console& console) {
  const std::vector<std::string> words(args.words().begin(), args.words().end());
  const std::string verb = words.empty() ? "" : words.front();
  Args rest(words.empty() ? words : std::vector<std::string>(words.begin() + 1, words.end()));
  if (verb == "list") return list(rest, console);
  if (verb == "info") return info(rest, console);
  if (verb == "verify") return verify(rest, console);
  if (verb == "new") return make_new(rest, console);
  console.error.line("portico plugin: say `list`, `info`, `verify` or `new`", Style::Red);
  return ExitCode::Usage;
}

}  // namespace

const Command PluginCommand = {
    "plugin", "Lists, shows, verifies and makes plugins; never runs their code.",
    "Usage: portico plugin list [--json]\n"
    "       portico plugin info PLUGIN [--json]\n"
    "       portico plugin verify PLUGIN [--json]\n"
    "       portico plugin new NAME\n"
    "\n"
    "PLUGIN is the name of an installed plugin or the path of a file.\n"
    "\n"
    "  list     what is installed, from the stamps in the files\n"
    "  info     what a file says of itself\n"
    "  verify   whether it would load here: stamp, symbols, libraries, permissions; exit code 0 or "
    "1\n"
    "  new      makes a folder NAME with a plugin that builds, loads and passes its test\n",
    run};

}  // namespace portico::cli
