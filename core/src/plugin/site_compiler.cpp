// SPDX-License-Identifier: Apache-2.0
#include "plugin/site_compiler.h"

#include "base/guard.h"
#include "base/text.h"
#include "plugin/core_terminals.h"
#include "plugin/matching.h"
#include "plugin/refusals.h"

#include <algorithm>
#include <utility>

namespace portico::plugin {
namespace {

pipeline::Mode mode_of(config::Mode mode) {
  return mode == config::Mode::Shadow ? pipeline::Mode::Shadow : pipeline::Mode::Enforce;
}

config::Names param_names(const std::string& pattern) {
  config::Names names;
  const auto parsed = routing::PathPattern::parse(pattern.empty() ? "/**" : pattern);
  if (!parsed) return names;
  for (const routing::PathPattern::Name& name : parsed->names()) names.emplace(name.text);
  return names;
}

}  // namespace

SiteCompiler::SiteCompiler(const config::Settings& settings, const Generation& generation,
                           config::Problems& problems)
    : settings_(settings), generation_(generation), problems_(problems), site_(new Site()) {}

std::unique_ptr<Site> SiteCompiler::run() {
  global_ = compile_uses(settings_.use, {});
  collect_early();
  collect_reserved();
  compile_refusals();
  check_needs(site_->not_found_);
  for (const config::RouteEntry& entry : settings_.routes) compile_route(entry);
  for (const config::PluginEntry& entry : settings_.plugins) {
    const Instance* instance = generation_.find(entry.name);
    if (instance != nullptr) compile_plugin_routes(*instance, entry);
  }
  site_->table_.seal();
  collect_methods();
  number_series();
  warn_of_unreachable();
  return std::move(site_);
}

const Place* SiteCompiler::keep(std::unique_ptr<Place> place) {
  if (place == nullptr) return nullptr;
  site_->places_.push_back(std::move(place));
  return site_->places_.back().get();
}

std::vector<Use> SiteCompiler::compile_uses(const std::vector<config::UseEntry>& entries,
                                            const Names& params) {
  std::vector<Use> uses;
  for (const config::UseEntry& entry : entries) {
    Use use;
    if (compile_use(entry, params, use)) uses.push_back(std::move(use));
  }
  return uses;
}

bool SiteCompiler::compile_use(const config::UseEntry& entry, const Names& params, Use& use) {
  const Generation::Middleware found = generation_.find_middleware(entry.name);
  if (found.entry == nullptr) {
    refuse_middleware(entry);
    return false;
  }
  const PlaceSource source{.name = entry.name,
                           .settings = found.entry->settings,
                           .make = &found.entry->make,
                           .instance = found.instance,
                           .node = entry.settings,
                           .mark = entry.mark,
                           .path = config::child_path(entry.path, entry.name),
                           .home = entry.home};
  use.place = keep(Place::make(source, {problems_, params}));
  use.entry = found.entry;
  use.mode = mode_of(entry.mode);
  if (entry.when) use.when = compile_when(*entry.when, entry.mark, entry.path + ".when", problems_);
  return use.place != nullptr;
}

void SiteCompiler::refuse_middleware(const config::UseEntry& entry) {
  std::vector<std::string_view> known;
  for (const auto& instance : generation_.instances()) {
    for (const auto& one : instance->registrations().middlewares) known.push_back(one.name);
  }
  const auto named = [&](const config::PluginEntry& plugin) { return plugin.name == entry.name; };
  if (std::ranges::any_of(settings_.plugins, named)) {
    // A plugin that did not come up has been reported; one that did has no such middleware.
    if (generation_.find(entry.name) == nullptr) return;
    problems_.error(entry.mark, entry.path, "the plugin `" + entry.name + "` has no middleware",
                    known.empty() ? "" : "it can be configured, but not used in a chain");
    return;
  }
  const std::string_view guess = base::closest(entry.name, known);
  problems_.error(
      entry.mark, entry.path, "no plugin brings a middleware `" + entry.name + "`",
      guess.empty() ? "load it under `plugins`" : "did you mean \"" + std::string(guess) + "\"?");
}

void SiteCompiler::compile_route(const config::RouteEntry& entry) {
  const Names params = param_names(entry.match.path);
  Route& route = site_->routes_.emplace_back();
  route.text = text_of(entry.match);
  route.mark = entry.mark;
  route.path = entry.path;
  route.terminal = entry.terminal;
  route.chain.body_limit = entry.limits.body_bytes;
  route.chain.total_timeout = entry.timeouts.total.value_or(std::chrono::milliseconds(0));
  route.uses = with_global(entry.skip, compile_uses(entry.use, params));
  compile_terminal(entry, params, route);
  check_needs(route);
  check_expectations(route);
  link(route);
  const auto id = static_cast<std::uint32_t>(site_->routes_.size() - 1);
  add_to_table(entry.match, entry.mark, entry.path + ".match", id);
}

void SiteCompiler::add_to_table(const config::Match& match, config::Mark mark,
                                const std::string& path, std::uint32_t route) {
  for (routing::Matcher& matcher : compile_match(match, mark, path, problems_)) {
    site_->table_.add(std::move(matcher), route);
  }
}

void SiteCompiler::compile_terminal(const config::RouteEntry& entry, const Names& params,
                                    Route& route) {
  PlaceSource source{.name = entry.terminal,
                     .node = entry.terminal_settings,
                     .mark = entry.terminal_mark,
                     .path = config::child_path(entry.path, entry.terminal),
                     .home = route.text};
  const auto& core = core_terminals();
  const auto found = std::ranges::find(core, entry.terminal, &detail::TerminalEntry::key);
  const detail::TerminalEntry* terminal = found == core.end() ? nullptr : &*found;
  if (terminal == nullptr) {
    const Generation::Terminal declared = generation_.find_terminal(entry.terminal);
    terminal = declared.entry;
    source.instance = declared.instance;
  }
  if (terminal == nullptr) return refuse_terminal(entry);
  source.settings = terminal->settings;
  source.make = &terminal->make;
  route.terminal_place = keep(Place::make(source, {problems_, params}));
  if (route.terminal_place == nullptr) return;
  route.chain.terminal.rule = &route.terminal_place->rule;
  route.chain.terminal.plugin = index_of(route.terminal_place->plugin);
  if (terminal->upstream) name_upstream(*terminal, route);
}

void SiteCompiler::name_upstream(const detail::TerminalEntry& terminal, Route& route) {
  const Place& place = *route.terminal_place;
  const auto failure =
      base::guarded([&] { route.upstream = terminal.upstream(place.settings.get()); });
  if (failure) {
    problems_.error(place.mark, place.path, "the plugin does not say where it leads: " + *failure,
                    "see the documentation of `" + place.name + "`");
  }
  route.chain.upstream = route.upstream;
}

void SiteCompiler::refuse_terminal(const config::RouteEntry& entry) {
  // The terminals of a plugin that did not come up are not known.
  if (generation_.instances().size() < settings_.plugins.size()) return;
  std::vector<std::string_view> known = {"match", "use", "skip", "timeouts", "limits", "routes"};
  for (const auto& terminal : core_terminals()) known.push_back(terminal.key);
  for (const auto& instance : generation_.instances()) {
    for (const auto& terminal : instance->registrations().terminals) known.push_back(terminal.key);
  }
  const std::string_view guess = base::closest(entry.terminal, known);
  problems_.error(
      entry.terminal_mark, config::child_path(entry.path, entry.terminal), "unknown key",
      guess.empty() ? "a route ends in `respond`, `redirect`, `routes`, or what a plugin brings"
                    : "did you mean \"" + std::string(guess) + "\"?");
}

void SiteCompiler::compile_refusals() {
  std::vector<Use> global = global_;
  const auto prepare = [&](Route& route, std::string_view name, detail::Rule rule) {
    route.text = name;
    route.terminal = name;
    route.uses = global;
    site_->rules_.push_back(std::move(rule));
    route.chain.terminal.rule = &site_->rules_.back();
    link(route);
  };
  prepare(site_->not_found_, "not found", refuse_path);
  prepare(site_->method_not_allowed_, "method not allowed", refuse_method);
  prepare(site_->options_, "options", answer_options);
  std::erase_if(global, [](const Use& use) { return use.entry->answers_preflight; });
  prepare(site_->unanswered_, "options", answer_options);
}

void SiteCompiler::collect_early() {
  for (const auto& instance : generation_.instances()) {
    const auto of_plugin = [&](const Use& use) { return use.place->plugin == instance->name(); };
    if (std::ranges::none_of(global_, of_plugin)) continue;
    for (const auto& decorate : instance->registrations().early) {
      site_->early_.push_back({instance->name(), &decorate});
    }
  }
}

// Of every plugin that is loaded, wherever it is used: what it sets on one route must not be
// forged on another that leads to the same upstream.
void SiteCompiler::collect_reserved() {
  for (const auto& instance : generation_.instances()) {
    for (const std::string& name : instance->registrations().reserved_headers) {
      site_->reserved_.add(name);
    }
  }
}

void SiteCompiler::collect_methods() {
  std::set<std::string_view> methods = {"OPTIONS"};
  bool any = false;
  for (const routing::RouteTable::Entry& entry : site_->table_.entries()) {
    const std::vector<std::string>& listed = entry.matcher.methods;
    methods.insert(listed.begin(), listed.end());
    any = any || listed.empty();
  }
  if (any) {
    for (const std::string_view method : base::split(UsualMethods, ',')) {
      methods.insert(base::trim(method));
    }
  }
  if (methods.contains("GET")) methods.insert("HEAD");
  for (const std::string_view method : methods) {
    site_->methods_.append(site_->methods_.empty() ? "" : ", ").append(method);
  }
}

std::uint16_t SiteCompiler::index_of(std::string_view plugin) const {
  const Instance* instance = generation_.find(plugin);
  return instance == nullptr ? 0 : instance->library().index();
}

}  // namespace portico::plugin
