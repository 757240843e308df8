// SPDX-License-Identifier: Apache-2.0
#include "cli/route_listing.h"

namespace portico::cli {
namespace {

std::string conditions(const std::vector<routing::Matcher::Condition>& all,
                       std::string_view prefix) {
  std::string text;
  for (const auto& [name, value] : all) {
    text.append(" ").append(prefix).append(name).append("=").append(value);
  }
  return text;
}

std::string shown(const plugin::Use& use) {
  std::string text = use.place->name;
  if (use.when != nullptr) text += " (when)";
  if (use.mode == pipeline::Mode::Shadow) text += " (shadow)";
  return text;
}

}  // namespace

std::string pattern_of(const routing::Matcher& matcher) {
  std::string text;
  for (const std::string& method : matcher.methods) text += (text.empty() ? "" : ",") + method;
  if (text.empty()) text = "*";
  text.append(" ").append(matcher.host.text()).append(matcher.path.text());
  return text + conditions(matcher.headers, "") + conditions(matcher.query, "?");
}

std::string chain_of(const plugin::Route& route) {
  std::string text;
  for (const plugin::Use& use : route.uses) text += shown(use) + " > ";
  return text + route.terminal;
}

std::string place_of(const plugin::Edition& edition, config::Mark mark) {
  const std::vector<std::string>& files = edition.document().files();
  if (mark.line == 0 || mark.file == 0 || mark.file > files.size()) return "";
  return files[mark.file - 1] + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

void write_route(base::JsonWriter& json, const plugin::Edition& edition,
                 const routing::RouteTable::Entry& entry) {
  const plugin::Route& route = edition.site().route(entry.route);
  json.member("match", std::string_view(pattern_of(entry.matcher)));
  json.key("chain").begin_array();
  for (const plugin::Use& use : route.uses) {
    json.begin_object().member("use", std::string_view(use.place->name));
    json.member("plugin", std::string_view(use.place->plugin));
    json.member("mode", use.mode == pipeline::Mode::Shadow ? "shadow" : "enforce");
    json.member("conditional", use.when != nullptr).end_object();
  }
  json.end_array();
  json.member("terminal", std::string_view(route.terminal));
  json.member("path", std::string_view(route.path));
  json.member("at", std::string_view(place_of(edition, route.mark)));
}

}  // namespace portico::cli
