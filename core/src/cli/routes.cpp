// SPDX-License-Identifier: Apache-2.0
#include "cli/routes.h"

#include "cli/loading.h"
#include "cli/route_listing.h"

#include <algorithm>

namespace portico::cli {
namespace {

void print_table(const plugin::Edition& edition, Terminal& out) {
  struct Row {
    std::string pattern, chain, place;
  };
  std::vector<Row> rows;
  std::size_t first = 0;
  std::size_t second = 0;
  for (const auto& entry : edition.site().table().entries()) {
    const plugin::Route& route = edition.site().route(entry.route);
    rows.push_back({pattern_of(entry.matcher), chain_of(route), place_of(edition, route.mark)});
    first = std::max(first, rows.back().pattern.size());
    second = std::max(second, rows.back().chain.size());
  }
  for (Row& row : rows) {
    row.pattern.resize(first + 2, ' ');
    row.chain.resize(second + 2, ' ');
    out.print(row.pattern, Style::Bold);
    out.print(row.chain);
    out.line(row.place, Style::Faint);
  }
  if (rows.empty()) out.line("The file has no routes.");
}

void print_json(const plugin::Edition& edition, Terminal& out) {
  std::string text;
  base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
  json.begin_array();
  for (const auto& entry : edition.site().table().entries()) {
    json.begin_object();
    write_route(json, edition, entry);
    json.end_object();
  }
  json.end_array();
  out.line(text);
}

ExitCode run(Args& args, Console& console) {
  const std::string path = take_config_path(args);
  const bool as_json = args.flag("--json");
  if (refuse_leftovers(args, "routes", console)) return ExitCode::Usage;
  plugin::InertProcess process;
  const std::unique_ptr<plugin::Edition> edition = load_edition(path, process, console);
  if (edition == nullptr) return ExitCode::Config;
  as_json ? print_json(*edition, console.out) : print_table(*edition, console.out);
  return ExitCode::Ok;
}

}  // namespace

const Command RoutesCommand = {
    "routes", "Prints the routes in the order in which they are tried, with their chains.",
    "Usage: portico routes [-c FILE] [--json]\n"
    "\n"
    "Prints every route in order of precedence: exact host, longest wildcard, no host; then the\n"
    "path segment by segment: literal, one segment, any rest; then most matchers; then the order\n"
    "of the file. The first that matches serves the request.\n",
    run};

}  // namespace portico::cli
