// SPDX-License-Identifier: Apache-2.0
// What no write may make of the roles: a role that inherits from itself, more than 10 levels, a
// parent that does not exist. Asked before a role is written; a Book bears them all the same. Any
// thread, one at a time where it is changed.
#pragma once

#include "model/role.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace portico::rbac {

/// Why a role may not be written so.
struct GraphFault {
  enum class Kind : std::uint8_t { UnknownParent, Cycle, TooDeep };

  Kind kind;
  std::string sentence;
  /// The names of the roles on the way: of a circle from the role back to itself, of too deep a
  /// line from the lowest up, of an unknown parent the role alone.
  std::vector<std::string> path;
};

class RoleGraph {
 public:
  /// A role without parents is one level deep.
  static constexpr std::size_t MostLevels = 10;

  explicit RoleGraph(std::span<const Role> roles);

  /// What that role would make of the graph, in place of the one that has its number or, where none
  /// has, beside the others. Looks at no more than what it would be part of: what is wrong
  /// elsewhere, which only a hand in the database makes, keeps nobody from writing here.
  [[nodiscard]] std::optional<GraphFault> fault_of(const Role& role) const;

  /// Has the role, in place of the one that has its number.
  void put(const Role& role);

 private:
  struct Node {
    std::string name;
    std::vector<std::int64_t> parents;
    std::vector<std::int64_t> children;
  };
  /// Roles that are reached, each with the one before it on a way there.
  using Steps = std::unordered_map<std::int64_t, std::int64_t>;
  using Neighbours = std::vector<std::int64_t> Node::*;

  [[nodiscard]] std::optional<GraphFault> cycle_through(const Role& role) const;
  [[nodiscard]] std::optional<GraphFault> too_deep(const Role& role) const;
  [[nodiscard]] std::vector<std::int64_t> longest(const Role& role,
                                                  std::span<const std::int64_t> from,
                                                  Neighbours neighbours) const;
  [[nodiscard]] Steps next(const Steps& steps, Neighbours neighbours) const;
  [[nodiscard]] const std::string& name(std::int64_t number) const;

  std::unordered_map<std::int64_t, Node> nodes_;
};

}  // namespace portico::rbac
