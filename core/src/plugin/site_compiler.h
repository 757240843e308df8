// SPDX-License-Identifier: Apache-2.0
// Compiles a site: resolves the names of middlewares and terminals, binds every place, checks what
// only whole chains show (facts that nobody gives, entries that are never reached). Used once.
#pragma once

#include "plugin/site.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace portico::plugin {

class SiteCompiler {
 public:
  SiteCompiler(const config::Settings& settings, const Generation& generation,
               config::Problems& problems);

  std::unique_ptr<Site> run();

 private:
  using Names = config::Names;

  std::vector<Use> compile_uses(const std::vector<config::UseEntry>& entries, const Names& params);
  bool compile_use(const config::UseEntry& entry, const Names& params, Use& use);
  const Place* keep(std::unique_ptr<Place> place);
  void refuse_middleware(const config::UseEntry& entry);

  void compile_route(const config::RouteEntry& entry);
  void compile_terminal(const config::RouteEntry& entry, const Names& params, Route& route);
  void name_upstream(const detail::TerminalEntry& terminal, Route& route);
  void refuse_terminal(const config::RouteEntry& entry);
  void compile_plugin_routes(const Instance& instance, const config::PluginEntry& entry);
  void compile_plugin_route(const Instance& instance, const config::PluginEntry& plugin,
                            const std::vector<Use>& uses, const detail::RouteEntry& entry);
  void stand_behind(const Instance& instance, const config::PluginEntry& plugin,
                    const std::string& name, std::vector<Use>& uses);
  const Callable<Response(Request&)>& handler(const Instance& instance,
                                              const detail::RouteEntry& entry);
  void guard(Route& route, const Instance& instance, const std::string& permission);
  void compile_refusals();
  void collect_early();
  void collect_reserved();

  [[nodiscard]] std::vector<Use> with_global(const std::vector<std::string>& skip,
                                             const std::vector<Use>& own) const;
  void check_needs(const Route& route);
  void check_need(const config::NeededFact& need, const std::set<std::string>& facts);
  /// Of an entry of the file.
  void check_expectations(const Route& route);
  void link(Route& route);
  /// To be called once more whenever a link was added.
  void close(Route& route);
  void collect_methods();
  void number_series();
  void warn_of_unreachable();
  [[nodiscard]] std::uint16_t index_of(std::string_view plugin) const;
  void add_to_table(const config::Match& match, config::Mark mark, const std::string& path,
                    std::uint32_t route);

  const config::Settings& settings_;
  const Generation& generation_;
  config::Problems& problems_;
  std::unique_ptr<Site> site_;
  std::vector<Use> global_;
  std::set<const config::NeededFact*> reported_;
};

}  // namespace portico::plugin
