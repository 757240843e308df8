// SPDX-License-Identifier: Apache-2.0
#include "cli/version.h"

#include "base/json_writer.h"
#include "base/version.h"

namespace portico::cli {
namespace {

std::string sdk_version() { return std::to_string(SdkMajor) + "." + std::to_string(SdkMinor); }

ExitCode run(Args& args, Console& console) {
  const bool as_json = args.flag("--json");
  if (refuse_leftovers(args, "version", console)) return ExitCode::Usage;
  if (!as_json) {
    console.out.line("portico " + std::string(base::version()) + " (SDK " + sdk_version() + ", " +
                     std::string(base::compiler()) + ")");
    return ExitCode::Ok;
  }
  std::string text;
  base::JsonWriter(text)
      .begin_object()
      .member("version", base::version())
      .member("sdk", std::string_view(sdk_version()))
      .member("compiler", base::compiler())
      .end_object();
  console.out.line(text);
  return ExitCode::Ok;
}

}  // namespace

const Command VersionCommand = {
    "version", "Prints the version of Portico, of its SDK and of its compiler.",
    "Usage: portico version [--json]\n"
    "\n"
    "Prints the version of Portico, of the SDK that plugins are built with, and of the compiler.\n",
    run};

}  // namespace portico::cli
