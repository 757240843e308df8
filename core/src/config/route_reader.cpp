// SPDX-License-Identifier: Apache-2.0
#include "config/route_reader.h"

#include "base/text.h"
#include "config/binder.h"
#include "config/match_check.h"

#include <algorithm>
#include <array>

namespace portico::config {

namespace {

constexpr std::array<std::string_view, 6> CoreKeys{"match",    "use",    "skip",
                                                   "timeouts", "limits", "routes"};
/// Ends that are known without any plugin but the proxy.
constexpr std::array<std::string_view, 3> KnownEnds{"proxy", "respond", "redirect"};

template <std::size_t N>
bool among(std::string_view key, const std::array<std::string_view, N>& keys) noexcept {
  return std::ranges::find(keys, key) != keys.end();
}

/// What the routes inside of an entry inherit from it, counted.
std::size_t weight(const RouteEntry& entry) noexcept {
  const Match& match = entry.match;
  return 1 + match.host.size() + match.methods.size() + match.headers.size() + match.query.size() +
         entry.use.size() + entry.skip.size();
}

/// "GET,POST www.example.com/login header.x-beta=*"
std::string title(const Match& match) {
  std::string text;
  for (const std::string& method : match.methods) text += (text.empty() ? "" : ",") + method;
  if (text.empty()) text = "*";
  text += ' ';
  for (const std::string& host : match.host) text += (text.ends_with(' ') ? "" : ",") + host;
  text += match.path.empty() ? "/**" : match.path;
  for (const auto& [name, value] : match.headers) {
    text.append(" header.").append(name).append("=").append(value);
  }
  for (const auto& [name, value] : match.query) {
    text.append(" query.").append(name).append("=").append(value);
  }
  return text;
}

}  // namespace

std::vector<RouteEntry> RouteReader::read(const Node* routes) {
  if (routes != nullptr && !routes->is_null()) list(*routes, {}, "routes", 1);
  return std::move(routes_);
}

void RouteReader::list(const Node& routes, const RouteEntry& outer, const std::string& path,
                       std::size_t depth) {
  if (!routes.is_list()) {
    problems_.error(routes.mark(), path,
                    "expected a list of routes, found " + std::string(noun(routes.kind())),
                    "begin each route with `-`");
    return;
  }
  if (depth > RouteReaderLimits::MostDepth) {
    problems_.error(routes.mark(), path, "routes within routes, more than 16 deep", "use fewer");
    return;
  }
  if (depth > 1 && routes.items().empty()) {
    problems_.error(routes.mark(), path, "no routes in here",
                    "write some, or an end such as `proxy`");
  }
  for (const Node& item : routes.items()) {
    const auto index = static_cast<std::size_t>(&item - routes.items().data());
    entry(item, outer, item_path(path, index), depth);
    if (inherited_ > RouteReaderLimits::MostInherited) return;
  }
}

void RouteReader::entry(const Node& node, const RouteEntry& outer, const std::string& path,
                        std::size_t depth) {
  if (!node.is_map()) {
    problems_.error(node.mark(), path, "expected a route, found " + std::string(noun(node.kind())),
                    "write a map such as {match: {path: /}, respond: {status: 204}}");
    return;
  }
  RouteKeys keys;
  std::vector<const Node::Entry*> ends;
  RouteEntry made;
  made.mark = node.mark();
  made.path = path;
  bool good = bind_keys(node, path, keys, made.match, ends);
  if (good) check_skip(node, keys, path);
  const Node::Entry* end = only_end(node, path, std::move(ends));
  good = inherit(node, outer, std::move(keys), made) && good;
  // What does not fit here would only be told again for each route inside, or when it is compiled.
  if (end == nullptr || !good) return;
  if (end->key.text() == "routes") {
    list(end->value, made, path + ".routes", depth + 1);
    return;
  }
  made.terminal = end->key.text();
  made.terminal_settings = &end->value;
  made.terminal_mark = end->key.mark();
  routes_.push_back(std::move(made));
}

bool RouteReader::bind_keys(const Node& node, const std::string& path, RouteKeys& keys,
                            Match& match, std::vector<const Node::Entry*>& ends) {
  bool good = true;
  std::vector<Node::Entry> own;
  for (const Node::Entry& entry : node.entries()) {
    const std::string_view key = entry.key.text();
    if (key == "match") {
      good &= read_match(entry.value, match, path + ".match", problems_);
    } else if (key == "routes" || !among(key, CoreKeys)) {
      ends.push_back(&entry);
    } else if (key != "use") {
      own.push_back(entry);
    }
  }
  BindContext context{problems_};
  good &= config::bind(Node::map(node.mark(), own), keys, path, context);
  keys.use = node.find("use");
  return good;
}

const Node::Entry* RouteReader::only_end(const Node& node, const std::string& path,
                                         std::vector<const Node::Entry*> ends) {
  if (ends.size() > 1) {
    // Beside a known end, a key that looks like one of core's is a slip.
    std::erase_if(ends, [&](const Node::Entry* end) {
      const std::string_view key = end->key.text();
      if (key == "routes" || among(key, KnownEnds)) return false;
      const std::string_view meant = base::closest(key, CoreKeys);
      if (meant.empty()) return false;
      problems_.error(end->key.mark(), child_path(path, key), "unknown key",
                      "did you mean \"" + std::string(meant) + "\"?");
      return true;
    });
    if (ends.empty()) return nullptr;
  }
  if (ends.empty()) {
    problems_.error(node.mark(), path, "the route ends nowhere",
                    "write `proxy`, `respond`, `redirect`, `routes`, or what a plugin brings");
    return nullptr;
  }
  if (ends.size() == 1) return ends.front();
  std::string names;
  for (const Node::Entry* end : ends) {
    names.append(names.empty() ? "`" : ", `").append(end->key.text()).append("`");
  }
  problems_.error(ends[1]->key.mark(), child_path(path, ends[1]->key.text()),
                  "the route has more than one end: " + base::shorten(names, 200), "keep one");
  return nullptr;
}

void RouteReader::check_skip(const Node& node, const RouteKeys& keys, const std::string& path) {
  for (std::size_t at = 0; at < keys.skip.size(); ++at) {
    const std::string& name = keys.skip[at];
    const auto named = [&name](const UseEntry& use) { return use.name == name; };
    if (std::ranges::any_of(global_, named)) continue;
    std::vector<std::string_view> names;
    for (const UseEntry& use : global_) names.push_back(use.name);
    const std::string_view guess = base::closest(name, names);
    const std::string remedy = guess.empty() ? "only what the global `use` names can be skipped"
                                             : "did you mean \"" + std::string(guess) + "\"?";
    problems_.error(node.find("skip")->item(at).mark(), item_path(path + ".skip", at),
                    "\"" + base::shorten(name, 80) + "\" is not in the global `use`", remedy);
  }
}

bool RouteReader::inherit(const Node& node, const RouteEntry& outer, RouteKeys&& keys,
                          RouteEntry& made) {
  inherited_ += outer.path.empty() ? 0 : weight(outer);
  if (inherited_ > RouteReaderLimits::MostInherited) {
    problems_.error(node.mark(), made.path, "the routes inherit more than a million things in all",
                    "say less in outer routes, or divide them");
    return false;
  }
  made.use = outer.use;
  for (UseEntry& use : read_uses(keys.use, made.path + ".use", problems_)) {
    made.use.push_back(std::move(use));
  }
  made.skip = outer.skip;
  made.skip.insert(made.skip.end(), keys.skip.begin(), keys.skip.end());
  made.timeouts.total = keys.timeouts.total ? keys.timeouts.total : outer.timeouts.total;
  made.limits.body_bytes =
      keys.limits.body_bytes ? keys.limits.body_bytes : outer.limits.body_bytes;
  bool good = true;
  if (!outer.path.empty()) {
    const Node* match = node.find("match");
    good = inherit_match(outer.match, made.match, match == nullptr ? node : *match,
                         made.path + ".match", problems_);
  }
  name_homes(std::span(made.use).subspan(outer.use.size()), title(made.match));
  return good;
}

}  // namespace portico::config
