// SPDX-License-Identifier: Apache-2.0
#include "cli/explain.h"

#include "cli/asked_request.h"
#include "cli/loading.h"
#include "cli/route_listing.h"
#include "config/dump.h"
#include "plugin/dispatch.h"
#include "plugin/matching.h"

namespace portico::cli {
namespace {

using plugin::Dispatch;
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

/// The entries in their order, up to the one that decided: the way the table goes without its
/// short cuts.
std::vector<Tried> try_entries(const routing::RouteTable& table,
                               const routing::RequestView& request,
                               const routing::Decision& decision) {
  std::vector<Tried> tried;
  const routing::Matcher* refused = nullptr;
  for (const routing::RouteTable::Entry& entry : table.entries()) {
    // A miss by method is final for every other pattern.
    if (refused != nullptr && entry.matcher.order(*refused) != 0) break;
    const Miss miss = entry.matcher.miss(request);
    tried.push_back({&entry, miss, reason(entry, miss, request)});
    if (&entry.matcher == decision.matcher) break;
    if (miss == Miss::Method) refused = &entry.matcher;
  }
  return tried;
}

std::string settings_of(const plugin::Place& place) {
  std::string text;
  base::JsonWriter json(text);
  config::print(place.settings.schema(), place.settings.get(), json);
  return text;
}

std::string verdict(const Dispatch& made) {
  const std::string allow(made.allow);
  switch (made.kind) {
    case Dispatch::Kind::Route: return "found";
    case Dispatch::Kind::Preflight: return "preflight: as " + std::string(made.method);
    case Dispatch::Kind::Options: return "204: allowed are " + allow;
    case Dispatch::Kind::NotFound: return "404: no route matches";
    case Dispatch::Kind::MethodNotAllowed: return "405: allowed are " + allow;
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

void print_chain(const plugin::Route& route, Terminal& out) {
  out.line("The chain, outermost first:");
  for (const plugin::Use& use : route.uses) {
    std::string note = use.when == nullptr ? "" : " (when)";
    if (use.mode == pipeline::Mode::Shadow) note += " (shadow)";
    print_place(*use.place, note, out);
  }
}

void print_text(const plugin::Edition& edition, const Dispatch& made,
                const std::vector<Tried>& tried, Terminal& out) {
  print_tried(edition, tried, out);
  if (made.route == nullptr || made.kind == Dispatch::Kind::Options) {
    out.line(verdict(made), Style::Yellow);
    return;
  }
  for (const auto& [name, value] : made.decision.params) {
    out.line("  {path." + std::string(name) + "} is " + std::string(value));
  }
  const plugin::Route& route = *made.route;
  print_chain(route, out);
  if (made.kind == Dispatch::Kind::Preflight) {
    out.line("  204 where none of these answers the preflight: allowed are " +
             std::string(made.allow));
  } else if (route.terminal_place != nullptr) {
    print_place(*route.terminal_place, "", out);
  } else {
    out.line("  a handler of " + route.terminal, Style::Bold);
  }
}

void print_json(const plugin::Edition& edition, const Dispatch& made,
                const std::vector<Tried>& tried, Terminal& out) {
  std::string text;
  base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
  json.begin_object().member("decision", std::string_view(verdict(made)));
  json.key("params").begin_object();
  for (const auto& [name, value] : made.decision.params) json.member(name, value);
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
  (*asked)->strip(edition->site().reserved());
  const http::RequestState& request = (*asked)->state();
  const Dispatch made = plugin::dispatch(edition->site(), request);
  std::vector<Tried> tried;
  if (request.head.path != "*") {
    tried = try_entries(edition->site().table(), plugin::RoutedRequest(request, made.method),
                        made.decision);
  }
  as_json ? print_json(*edition, made, tried, console.out)
          : print_text(*edition, made, tried, console.out);
  const bool refused =
      made.kind == Dispatch::Kind::NotFound || made.kind == Dispatch::Kind::MethodNotAllowed;
  return refused ? ExitCode::Failed : ExitCode::Ok;
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
