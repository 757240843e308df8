// SPDX-License-Identifier: Apache-2.0
// The half of the compiler that looks at whole chains.
#include "plugin/site_compiler.h"

#include <algorithm>
#include <map>

namespace portico::plugin {
namespace {

bool listed(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

bool replaced(const Use& use, const std::vector<Use>& own) {
  return use.entry->single &&
         std::ranges::any_of(own, [&use](const Use& inner) { return inner.entry == use.entry; });
}

bool same_conditions(const std::vector<routing::Matcher::Condition>& left,
                     const std::vector<routing::Matcher::Condition>& right) {
  return std::ranges::equal(left, right, [](const auto& one, const auto& other) {
    return one.name == other.name && one.value == other.value;
  });
}

/// Whether whatever `later` matches, `earlier` has matched before.
bool hides(const routing::Matcher& earlier, const routing::Matcher& later) {
  const auto allowed = [&](const std::string& method) { return earlier.allows(method); };
  const bool methods = earlier.methods.empty() ||
                       (!later.methods.empty() && std::ranges::all_of(later.methods, allowed));
  return methods && earlier.host.text() == later.host.text() &&
         earlier.path.same_shape(later.path) && same_conditions(earlier.headers, later.headers) &&
         same_conditions(earlier.query, later.query);
}

}  // namespace

std::vector<Use> SiteCompiler::with_global(const std::vector<std::string>& skip,
                                           const std::vector<Use>& own) const {
  std::vector<Use> uses;
  for (const Use& use : global_) {
    if (!listed(skip, use.place->name) && !replaced(use, own)) uses.push_back(use);
  }
  for (auto use = own.begin(); use != own.end(); ++use) {
    if (!replaced(*use, std::vector<Use>(use + 1, own.end()))) uses.push_back(*use);
  }
  return uses;
}

void SiteCompiler::link(Route& route) {
  route.links.reserve(route.uses.size() + 1);
  for (const Use& use : route.uses) {
    route.links.push_back({.rule = &use.place->rule,
                           .plugin = index_of(use.place->plugin),
                           .middleware = use.place->name,
                           .mode = use.mode,
                           .when = use.when.get(),
                           .rewrites_response = use.entry->rewrites_response,
                           .answers_preflight = use.entry->answers_preflight});
  }
  route.chain.terminal.name = route.terminal;
  close(route);
}

void SiteCompiler::close(Route& route) {
  route.chain.links = route.links;
  // Core's own answers have no place in the file.
  if (!route.path.empty()) route.chain.route = route.text;
  route.preflight = {.links = route.links,
                     .terminal = {.rule = &site_->options_rule_, .name = "OPTIONS"},
                     .route = route.chain.route};
}

/// Two routes may have the same text, and differ by a header; a series has it once.
void SiteCompiler::number_series() {
  std::map<std::string_view, std::uint32_t> known;
  for (Route& route : site_->routes_) {
    const auto next = static_cast<std::uint32_t>(site_->series_.size());
    const auto [found, is_new] = known.try_emplace(route.text, next);
    if (is_new) site_->series_.emplace_back(route.text);
    route.chain.series = route.preflight.series = found->second;
  }
}

void SiteCompiler::check_needs(const Route& route) {
  std::set<std::string> facts;
  for (const Use& use : route.uses) {
    for (const config::NeededFact& need : use.place->needs) check_need(need, facts);
    facts.insert(use.entry->gives.begin(), use.entry->gives.end());
  }
  if (route.terminal_place == nullptr) return;
  for (const config::NeededFact& need : route.terminal_place->needs) check_need(need, facts);
}

void SiteCompiler::check_need(const config::NeededFact& need, const std::set<std::string>& facts) {
  // A global place stands in many chains and is reported once.
  if (facts.contains(need.fact) || !reported_.insert(&need).second) return;
  std::string givers;
  for (const auto& instance : generation_.instances()) {
    for (const auto& middleware : instance->registrations().middlewares) {
      if (!listed(middleware.gives, need.fact)) continue;
      givers += (givers.empty() ? "`" : " or `") + middleware.name + "`";
    }
  }
  problems_.error(need.mark, need.path,
                  "`" + need.value + "` needs the " + need.fact +
                      " of the caller, and no middleware before this one gives it",
                  givers.empty() ? "load a plugin that gives it" : "put " + givers + " before it");
}

void SiteCompiler::check_expectations(const Route& route) {
  std::set<std::string> facts;
  for (const Use& use : route.uses) facts.insert(use.entry->gives.begin(), use.entry->gives.end());
  for (const auto& instance : generation_.instances()) {
    for (const Expectation& expected : instance->registrations().expectations) {
      if (!facts.contains(expected.reason) || facts.contains(expected.fact)) continue;
      const std::string sentence = "knows the " + expected.reason + " of its callers, and no " +
                                   "middleware asks for a " + expected.fact;
      if (expected.severity == Level::Error) {
        problems_.error(route.mark, route.path, sentence, expected.remedy);
      } else {
        problems_.warning(route.mark, route.path, sentence, expected.remedy);
      }
    }
  }
}

void SiteCompiler::warn_of_unreachable() {
  const auto& entries = site_->table_.entries();
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const routing::Matcher& earlier = entries[i - 1].matcher;
    if (!hides(earlier, entries[i].matcher)) continue;
    const Route& hidden = site_->route(entries[i].route);
    const Route& first = site_->route(entries[i - 1].route);
    problems_.warning(hidden.mark, hidden.path,
                      "is never reached, because " + first.path + " matches the same requests",
                      "remove one of them, or match more narrowly");
  }
}

}  // namespace portico::plugin
