// SPDX-License-Identifier: Apache-2.0
#include "model/role_graph.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace portico::rbac {
namespace {

std::string chain(const std::vector<std::string>& path) {
  std::string text;
  for (const std::string& name : path) text.append(text.empty() ? "" : " > ").append(name);
  return text;
}

}  // namespace

RoleGraph::RoleGraph(std::span<const Role> roles) {
  for (const Role& role : roles) put(role);
}

void RoleGraph::put(const Role& role) {
  Node& node = nodes_[role.number];
  for (const std::int64_t parent : node.parents) std::erase(nodes_[parent].children, role.number);
  node.name = role.name;
  node.parents = role.parents;
  for (const std::int64_t parent : role.parents) nodes_[parent].children.push_back(role.number);
}

std::optional<GraphFault> RoleGraph::fault_of(const Role& role) const {
  for (const std::int64_t parent : role.parents) {
    const auto it = nodes_.find(parent);
    if (parent != role.number && (it == nodes_.end() || it->second.name.empty())) {
      return GraphFault{GraphFault::Kind::UnknownParent,
                        "The role \"" + role.name + "\" has a parent that does not exist, number " +
                            std::to_string(parent) + "; write parents that do.",
                        {role.name}};
    }
  }
  if (auto fault = cycle_through(role)) return fault;
  return too_deep(role);
}

std::optional<GraphFault> RoleGraph::cycle_through(const Role& role) const {
  std::vector<std::int64_t> found;
  Steps below;
  const auto reach = [&](std::int64_t number, std::int64_t from) {
    if (below.emplace(number, from).second) found.push_back(number);
  };
  for (const std::int64_t parent : role.parents) reach(parent, role.number);
  for (std::size_t next = 0; next < found.size() && !below.contains(role.number); ++next) {
    for (const std::int64_t parent : nodes_.at(found[next]).parents) reach(parent, found[next]);
  }
  if (!below.contains(role.number)) return std::nullopt;
  std::vector<std::string> path{role.name};
  for (std::int64_t at = below[role.number]; at != role.number; at = below[at]) {
    path.push_back(name(at));
  }
  path.push_back(role.name);
  std::ranges::reverse(path);
  return GraphFault{GraphFault::Kind::Cycle,
                    "The role \"" + role.name + "\" would inherit from itself (" + chain(path) +
                        "); take away one of the parents on the way.",
                    std::move(path)};
}

std::optional<GraphFault> RoleGraph::too_deep(const Role& role) const {
  const auto it = nodes_.find(role.number);
  const std::vector<std::int64_t> above = longest(role, role.parents, &Node::parents);
  const std::vector<std::int64_t> below = it == nodes_.end()
                                              ? std::vector<std::int64_t>{}
                                              : longest(role, it->second.children, &Node::children);
  if (below.size() + 1 + above.size() <= MostLevels) return std::nullopt;
  std::vector<std::string> path;
  for (const std::int64_t number : below) path.insert(path.begin(), name(number));
  path.push_back(role.name);
  for (const std::int64_t number : above) path.push_back(name(number));
  return GraphFault{GraphFault::Kind::TooDeep,
                    "The role \"" + role.name + "\" would make more than " +
                        std::to_string(MostLevels) + " levels of roles (" + chain(path) +
                        "); write fewer.",
                    std::move(path)};
}

/// A longest way from there on, of at most `MostLevels` roles: the roles that are reached in so
/// many steps, step after step, however many ways lead to each.
std::vector<std::int64_t> RoleGraph::longest(const Role& role, std::span<const std::int64_t> from,
                                             Neighbours neighbours) const {
  std::vector<Steps> levels;
  Steps reached;
  for (const std::int64_t number : from) reached.emplace(number, number);
  while (!reached.empty() && levels.size() < MostLevels) {
    levels.push_back(std::move(reached));
    reached = next(levels.back(), neighbours);
    // Only by what the role was before does a way lead back to it.
    reached.erase(role.number);
  }
  std::vector<std::int64_t> way(levels.size());
  for (std::size_t level = levels.size(); level-- > 0;) {
    way[level] = level + 1 == levels.size() ? levels[level].begin()->first
                                            : levels[level + 1].at(way[level + 1]);
  }
  return way;
}

RoleGraph::Steps RoleGraph::next(const Steps& steps, Neighbours neighbours) const {
  Steps reached;
  for (const auto& [number, before] : steps) {
    for (const std::int64_t neighbour : nodes_.at(number).*neighbours) {
      reached.emplace(neighbour, number);
    }
  }
  return reached;
}

const std::string& RoleGraph::name(std::int64_t number) const { return nodes_.at(number).name; }

}  // namespace portico::rbac
