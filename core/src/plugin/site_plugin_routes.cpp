// SPDX-License-Identifier: Apache-2.0
// The part of the compiler that places the routes which plugins declare themselves.
#include "base/guard.h"
#include "plugin/matching.h"
#include "plugin/refusals.h"
#include "plugin/site_compiler.h"
#include <portico/identity.h>

#include <utility>

namespace portico::plugin {

void SiteCompiler::compile_plugin_routes(const Instance& instance,
                                         const config::PluginEntry& entry) {
  if (instance.registrations().routes.empty()) return;
  const std::vector<Use> uses = compile_uses(entry.use, {});
  for (const detail::RouteEntry& route : instance.registrations().routes) {
    compile_plugin_route(instance, entry, uses, route);
  }
}

void SiteCompiler::compile_plugin_route(const Instance& instance, const config::PluginEntry& plugin,
                                        const std::vector<Use>& uses,
                                        const detail::RouteEntry& entry) {
  config::Match match;
  match.path = (plugin.mount == "/" ? "" : plugin.mount) + (entry.path == "/" ? "" : entry.path);
  if (match.path.empty()) match.path.push_back('/');
  match.methods = {entry.method};
  Route& route = site_->routes_.emplace_back();
  route.text = text_of(match);
  route.mark = plugin.mark;
  route.path = plugin.path();
  route.terminal = plugin.name;
  std::vector<Use> own = uses;
  for (const std::string& name : entry.behind) stand_behind(instance, plugin, name, own);
  route.uses = with_global({}, own);
  route.chain.terminal.handler = &handler(instance, entry);
  route.chain.terminal.body_limit = entry.body_limit.value_or(settings_.limits.body_bytes);
  if (const auto failure =
          base::guarded([&] { route.chain.terminal.workers = generation_.workers(entry.pool); })) {
    problems_.error(plugin.mark, plugin.path(), "its workers cannot be started: " + *failure);
  }
  route.chain.terminal.plugin = index_of(plugin.name);
  check_needs(route);
  link(route);
  if (!entry.permission.empty()) guard(route, instance, entry.permission);
  const auto id = static_cast<std::uint32_t>(site_->routes_.size() - 1);
  add_to_table(match, plugin.mark, plugin.path(), id);
  // RFC 8615 fixes where these are looked for, whatever the mount.
  if (plugin.mount != "/" && entry.path.starts_with("/.well-known/")) {
    match.path = entry.path;
    add_to_table(match, plugin.mark, plugin.path(), id);
  }
}

/// Innermost: what the file puts before the plugin's routes, a limit say, runs before it.
void SiteCompiler::stand_behind(const Instance& instance, const config::PluginEntry& plugin,
                                const std::string& name, std::vector<Use>& uses) {
  const detail::MiddlewareEntry* const entry = instance.registrations().middleware(name);
  if (entry == nullptr) {
    problems_.error(plugin.mark, plugin.path(),
                    "has a route behind the middleware `" + name + "`, which it does not declare",
                    "tell the author of the plugin");
    return;
  }
  const PlaceSource source{.name = name,
                           .settings = entry->settings,
                           .make = &entry->make,
                           .instance = &instance,
                           .mark = plugin.mark,
                           .path = plugin.path(),
                           .home = plugin.name};
  Use use;
  use.place = keep(Place::make(source, {problems_, {}}));
  use.entry = entry;
  if (use.place != nullptr) uses.push_back(std::move(use));
}

void SiteCompiler::guard(Route& route, const Instance& instance, const std::string& permission) {
  auto* const service =
      static_cast<Permissions*>(generation_.find_service(Permissions::ServiceName));
  site_->rules_.push_back(service == nullptr ? detail::Rule(&refuse_permission)
                                             : service->guard(permission));
  route.links.push_back({.rule = &site_->rules_.back(),
                         .plugin = index_of(instance.name()),
                         .middleware = "permission"});
  close(route);
}

}  // namespace portico::plugin
