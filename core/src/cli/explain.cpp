// SPDX-License-Identifier: Apache-2.0
#include "cli/explain.h"

#include "cli/asked_request.h"
#include "cli/loading.h"
#include "cli/route_listing.h"
#include "config/dump.h"
#include "plugin/matching.h"

namespace portico::cli {
namespace {

using routing::Decision;
using routing::Miss;

struct Tried {
  const routing::RouteTable::Entry* entry;
  Miss miss;
  std::string why;  ///< Empty: it matched.

  /// Another host or path: not worth a line unless asked for.
  [[nodiscard]] bool far() const noexcept { return miss == Miss::Host || miss == Miss::Path; }
};

std::string reason(const routing::RouteTable::Entry& entry, Miss miss,
                   const routing::RequestView& request) {
  switch (miss) {
    case Miss::None: return "";
    case Miss::Host: return "another host";
    case Miss::Path: return "another path";
    case Miss::Header:
      return "the header " + std::string(entry.matcher.missing(request)) + " differs";
    case Miss::Query:
      return "the query parameter " + std::string(entry.matcher.missing(request)) + " differs";
    case Miss::Method: return "the method is not among those of the route";
  }
  return "";
}

std::string settings_of(const plugin::Place& place) {
  std::string text;
  base::JsonWriter json(text);
  config::print(place.settings.schema(), place.settings.get(), json);
  return text;
}

std::string verdict(const Decision& decision) {
  switch (decision.kind) {
    case Decision::Kind::Found: return "found";
    case Decision::Kind::NotFound: return "404: no route matches";
    case Decision::Kind::MethodNotAllowed: return "405: allowed are " + decision.allow;
  }
  return "";
}

void print_place(const plugin::Place& place, std::string_view note, Terminal& out) {
  out.print("  " + place.name, Style::Bold);
  out.print(note);
  out.line(" " + settings_of(place), Style::Faint);
}

void print_tried(const plugin::Edition& edition, const std::vector<Tried>& tried, Terminal& out) {
  std::size_t others = 0;
  for (const Tried& one : tried) {
    if (one.far()) {
      ++others;
      continue;
    }
    const plugin::Route& route = edition.site().route(one.entry->route);
    const bool matched = one.why.empty();
    out.print(matched ? "matches   " : "differs   ", matched ? Style::Green : Style::Yellow);
    out.print(pattern_of(one.entry->matcher));
    out.line("  " + place_of(edition, route.mark) + (matched ? "" : "  " + one.why), Style::Faint);
  }
  if (others != 0) {
    out.line("tried before that, with another host or path: " + std::to_string(others),
             Style::Faint);
  }
}

void print_text(const plugin::Edition& edition, const Decision& decision,
                const std::vector<Tried>& tried, Terminal& out) {
  print_tried(edition, tried, out);
  if (decision.kind != Decision::Kind::Found) {
    out.line(verdict(decision), Style::Yellow);
    return;
  }
  for (const auto& [name, value] : decision.params) {
    out.line("  {path." + std::string(name) + "} is " + std::string(value));
  }
  const plugin::Route& route = edition.site().route(decision.route);
  out.line("The chain, outermost first:");
  for (const plugin::Use& use : route.uses) {
    std::string note = use.when == nullptr ? "" : " (when)";
    if (use.mode == pipeline::Mode::Shadow) note += " (shadow)";
    print_place(*use.place, note, out);
  }
  if (route.terminal_place != nullptr) {
    print_place(*route.terminal_place, "", out);
  } else {
    out.line("  a handler of " + route.terminal, Style::Bold);
  }
}

void print_json(const plugin::Edition& edition, const Decision& decision,
                const std::vector<Tried>& tried, Terminal& out) {
  std::string text;
  base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
  json.begin_object().member("decision", std::string_view(verdict(decision)));
  json.key("params").begin_object();
  for (const auto& [name, value] : decision.params) json.member(name, value);
  json.end_object().key("tried").begin_array();
  for (const Tried& one : tried) {
    json.begin_object().member("matches", one.why.empty());
    json.member("why", std::string_view(one.why));
    write_route(json, edition, *one.entry);
    json.end_object();
  }
  json.end_array().end_object();
  out.line(text);
}

ExitCode run(Args& args, Console& console) {
  const std::string file = take_config_path(args);
  const bool as_json = args.flag("--json");
  const auto asked = AskedRequest::take(args);
  if (!asked) {
    console.error.line("portico explain: " + asked.error(), Style::Red);
    return ExitCode::Usage;
  }
  plugin::InertProcess process;
  const std::unique_ptr<plugin::Edition> edition = load_edition(file, process, console);
  if (edition == nullptr) return ExitCode::Config;
  const plugin::RoutedRequest request((*asked)->state());
  std::vector<Tried> tried;
  const Decision decision =
      edition->site().find(request, [&](const routing::RouteTable::Entry& entry, Miss miss) {
        tried.push_back({&entry, miss, reason(entry, miss, request)});
      });
  as_json ? print_json(*edition, decision, tried, console.out)
          : print_text(*edition, decision, tried, console.out);
  return decision.kind == Decision::Kind::Found ? ExitCode::Ok : ExitCode::Failed;
}

}  // namespace

const Command ExplainCommand = {
    "explain", "Tells which route serves a request, why the others do not, and what it passes.",
    "Usage: portico explain METHOD PATH [-H 'Name: value']... [-c FILE] [--json]\n"
    "\n"
    "Decides as the server does, by the same code, and says why. PATH may be a whole URL, whose\n"
    "host then counts. Secrets in settings are masked.\n"
    "\n"
    "Exit codes: 0 a route serves it, 1 none does (404, 405), 64 usage, 78 configuration.\n",
    run};

}  // namespace portico::cli
