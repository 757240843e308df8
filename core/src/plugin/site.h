// SPDX-License-Identifier: Apache-2.0
// The routes of one configuration, compiled: which request goes where, and the chain that it
// passes. Immutable once compiled; shared by every loop. A site must not outlive the generation and
// the settings that it was compiled from; `Edition` keeps the three together.
#pragma once

#include "config/settings.h"
#include "http/reserved_fields.h"
#include "pipeline/chain.h"
#include "plugin/generation.h"
#include "plugin/place.h"
#include "plugin/refusals.h"
#include "routing/route_table.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// What a 405 and an automatic OPTIONS answer with: set on the request before their chain runs.
inline constexpr Attribute<std::string_view> Allow{"core.allow"};
/// Of an entry that lists no methods.
inline constexpr std::string_view UsualMethods = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

/// One link of a chain with what is known of it beside the rule.
struct Use {
  const Place* place = nullptr;
  const detail::MiddlewareEntry* entry = nullptr;  ///< Null for core's own.
  pipeline::Mode mode = pipeline::Mode::Enforce;
  std::shared_ptr<const pipeline::Condition> when;
};

struct Route {
  std::string text;  ///< "GET example.com/users/{id}"
  config::Mark mark;
  std::string path;  ///< "routes[3]", "plugins.hello".
  std::string terminal;
  std::string upstream;                   ///< As its terminal names it; empty where it does not.
  const Place* terminal_place = nullptr;  ///< Null for a plugin's own route.
  std::vector<Use> uses;
  std::vector<pipeline::Link> links;
  pipeline::Chain chain;
  /// The same links for a preflight of this route's requests: its terminal is core's.
  pipeline::Chain preflight;
};

class Site {
 public:
  /// Adds every problem; the site is of use only when there was none.
  static std::unique_ptr<Site> compile(const config::Settings& settings,
                                       const Generation& generation, config::Problems& problems);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  [[nodiscard]] const Route& route(std::uint32_t id) const { return routes_[id]; }
  [[nodiscard]] const routing::RouteTable& table() const noexcept { return table_; }
  /// The chains of what no route serves: the global links and an answer.
  [[nodiscard]] const pipeline::Chain& not_found() const noexcept { return not_found_.chain; }
  [[nodiscard]] const pipeline::Chain& method_not_allowed() const noexcept {
    return method_not_allowed_.chain;
  }
  /// The global links and the answer to an OPTIONS request that no route takes.
  [[nodiscard]] const pipeline::Chain& options() const noexcept { return options_.chain; }
  /// The same without what answers preflights: for one whose route has no such middleware, or
  /// skips it. A global one must not allow what the route does not.
  [[nodiscard]] const pipeline::Chain& unanswered() const noexcept { return unanswered_.chain; }
  /// Every method that some route takes, as a value of Allow: the answer to "OPTIONS *".
  [[nodiscard]] std::string_view methods() const noexcept { return methods_; }
  /// What requests are counted by, each text once: that of the routes, and first an empty one.
  [[nodiscard]] const std::vector<std::string_view>& series() const noexcept { return series_; }
  /// What the plugins that are used globally add to answers that no chain gave (400, 408, 431).
  struct Early {
    std::string_view plugin;
    const Callable<void(Response&, const Headers&)>* decorate;
  };
  [[nodiscard]] const std::vector<Early>& early() const noexcept { return early_; }
  /// What no client may send, whatever the route.
  [[nodiscard]] const http::ReservedFields& reserved() const noexcept { return reserved_; }

 private:
  friend class SiteCompiler;
  Site() = default;

  routing::RouteTable table_;
  std::deque<Route> routes_;
  Route not_found_;
  Route method_not_allowed_;
  Route options_;
  Route unanswered_;
  std::string methods_;
  std::vector<std::string_view> series_ = {std::string_view()};
  detail::Rule options_rule_ = answer_options;
  std::deque<std::unique_ptr<Place>> places_;
  std::deque<detail::Rule> rules_;  // Of core: gates of permissions, the answers above.
  std::deque<Callable<Response(Request&)>> handlers_;  // Of plugins, with what core does around.
  std::vector<Early> early_;
  http::ReservedFields reserved_;
};

}  // namespace portico::plugin
