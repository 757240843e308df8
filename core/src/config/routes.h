// SPDX-License-Identifier: Apache-2.0
// What the file says under `plugins`, `use` and `routes`: which plugins are loaded, where each
// stands in a chain, and which requests end where. Names are not resolved here: which middlewares
// and terminals there are is known only when the plugins are loaded. Each entry carries its place
// for the problems to come.
#pragma once

#include "config/node.h"
#include <portico/schema.h>
#include <portico/units.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace portico::config {

/// Conditions on a request; all must hold. An empty one does not restrict.
struct Match {
  std::vector<std::string> host;  ///< "example.com", "*.example.com"; lower case.
  std::string path;               ///< "/a/{id}/**"
  std::vector<std::string> methods;
  std::map<std::string, std::string> headers;  ///< Value `*`: present.
  std::map<std::string, std::string> query;

  static void describe(Schema<Match>& schema);
};

/// What a middleware's reply means: the answer, or only a counted and logged "would have".
enum class Mode : std::uint8_t { Enforce, Shadow };

/// One place of use: `ratelimit`, or `ratelimit: {limit: 10}` with `when` and `mode` beside it.
struct UseEntry {
  std::string name;
  const Node* settings = nullptr;  ///< Null: by name alone.
  Mode mode = Mode::Enforce;
  std::optional<Match> when;
  Mark mark;
  std::string path;  ///< "routes[3].use[0]"
  /// What it is called where a path of the file would not last: "POST /login", "use#2".
  std::string home{};
};

/// The siblings of a plugin's key in an entry of `use`.
struct UseSiblings {
  std::optional<Match> when;
  Mode mode = Mode::Enforce;

  static void describe(Schema<UseSiblings>& schema);
};

/// What core reads of an entry under `plugins`; the rest is the plugin's.
struct PluginKeys {
  std::optional<std::string> file;
  std::optional<std::string> mount;
  const Node* use = nullptr;

  static void describe(Schema<PluginKeys>& schema);
};

struct PluginEntry {
  std::string name;
  std::optional<std::string> file;  ///< None: from the plugin folder.
  std::string mount;                ///< "/" and the name where the file has none.
  std::vector<UseEntry> use;        ///< The chain of the plugin's own routes.
  const Node* settings = nullptr;   ///< Without `file`, `mount` and `use`; never null.
  Mark mark;

  /// "plugins.ratelimit"
  [[nodiscard]] std::string path() const;
};

struct RouteTimeouts {
  std::optional<std::chrono::milliseconds> total;

  static void describe(Schema<RouteTimeouts>& schema);
};

struct RouteLimits {
  std::optional<Bytes> body_bytes;  ///< None: that of `limits`.

  static void describe(Schema<RouteLimits>& schema);
};

/// What core reads of a route; the one key besides these is the terminal.
struct RouteKeys {
  Match match;
  const Node* use = nullptr;
  std::vector<std::string> skip;
  RouteTimeouts timeouts;
  RouteLimits limits;
  const Node* routes = nullptr;

  static void describe(Schema<RouteKeys>& schema);
};

/// A route that ends somewhere. What outer entries say of it is already in it.
struct RouteEntry {
  Match match;
  std::vector<UseEntry> use;  ///< Outer ones first; the global ones are not among them.
  std::vector<std::string> skip;
  std::string terminal;  ///< The key: "proxy", "respond".
  const Node* terminal_settings = nullptr;
  Mark terminal_mark;
  RouteTimeouts timeouts;
  RouteLimits limits;
  Mark mark;
  std::string path;  ///< "routes[3].routes[0]"
};

}  // namespace portico::config
