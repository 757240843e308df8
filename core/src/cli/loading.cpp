// SPDX-License-Identifier: Apache-2.0
#include "cli/loading.h"

namespace portico::cli {

void print_problems(const config::Problems& problems, Terminal& terminal,
                    std::string_view consequence) {
  if (problems.size() == 0) return;
  using Colour = config::Problems::Colour;
  const Colour colour = terminal.coloured() ? Colour::Terminal : Colour::None;
  terminal.print(problems.text(colour, consequence));
}

std::unique_ptr<plugin::Edition> load_edition(const std::string& path,
                                              plugin::InertProcess& process, Console& console) {
  config::Problems problems;
  std::unique_ptr<plugin::Edition> edition = process.prepare(path, problems);
  print_problems(problems, console.error, "nothing done");
  return problems.any_error() ? nullptr : std::move(edition);
}

}  // namespace portico::cli
