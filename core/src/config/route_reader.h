// SPDX-License-Identifier: Apache-2.0
// The nodes under `plugins`, `use` and `routes` into entries. Every problem is added, and the
// reading goes on behind it.
#pragma once

#include "base/arena.h"
#include "config/problems.h"
#include "config/routes.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

struct RouteReaderLimits {
  /// Places in one `use`.
  static constexpr std::size_t MostUses = 64;
  /// Routes within routes.
  static constexpr std::size_t MostDepth = 16;
  /// What nested routes inherit, over all of them: hosts, conditions and places of use.
  static constexpr std::size_t MostInherited = 1'000'000;
};

/// A list of places; absent or Null is an empty one.
[[nodiscard]] std::vector<UseEntry> read_uses(const Node* node, const std::string& path,
                                              Problems& problems);

/// Gives places of one `use`, which belongs to what is called `owner`, their homes.
void name_homes(std::span<UseEntry> uses, std::string_view owner);

/// `arena` keeps the plugins' settings without core's keys.
[[nodiscard]] std::vector<PluginEntry> read_plugins(const Node* node, base::Arena& arena,
                                                    Problems& problems);

class RouteReader {
 public:
  RouteReader(std::span<const UseEntry> global, Problems& problems)
      : global_(global), problems_(problems) {}

  /// In the order of the file, nested ones flattened.
  [[nodiscard]] std::vector<RouteEntry> read(const Node* routes);

 private:
  void list(const Node& routes, const RouteEntry& outer, const std::string& path,
            std::size_t depth);
  void entry(const Node& node, const RouteEntry& outer, const std::string& path, std::size_t depth);
  bool bind_keys(const Node& node, const std::string& path, RouteKeys& keys, Match& match,
                 std::vector<const Node::Entry*>& ends);
  const Node::Entry* only_end(const Node& node, const std::string& path,
                              std::vector<const Node::Entry*> ends);
  void check_skip(const Node& node, const RouteKeys& keys, const std::string& path);
  bool inherit(const Node& node, const RouteEntry& outer, RouteKeys&& keys, RouteEntry& made);

  std::span<const UseEntry> global_;
  Problems& problems_;
  std::vector<RouteEntry> routes_;
  std::size_t inherited_ = 0;
};

}  // namespace portico::config
