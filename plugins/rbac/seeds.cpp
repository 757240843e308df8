// SPDX-License-Identifier: Apache-2.0
#include "seeds.h"

#include "model/role_graph.h"
#include "store/roles.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace portico::rbac {
namespace {

std::vector<Grant> grants_of(const RoleSettings& settings) {
  std::vector<Grant> grants;
  for (const GrantSettings& each : settings.permissions) {
    const bool allows = each.deny.empty();
    grants.push_back({.pattern = allows ? each.allow : each.deny,
                      .effect = allows ? Effect::Allow : Effect::Deny,
                      .condition = each.when});
  }
  return grants;
}

Role admin() {
  return {.number = 1,
          .name = std::string(AdminRole),
          .description = "May do everything.",
          .system = true,
          .parents = {},
          .grants = {{.pattern = "**", .condition = {}}}};
}

std::int64_t number_of(std::span<const Role> roles, std::string_view name) {
  const auto found = std::ranges::find(roles, name, &Role::name);
  return found == roles.end() ? 0 : found->number;
}

/// A parent that only the database has is none here.
std::vector<std::int64_t> parents_of(const Config& config, const RoleSettings& settings,
                                     std::string_view name, std::span<const Role> roles) {
  std::vector<std::int64_t> parents;
  for (const std::string& parent : settings.parents) {
    const std::int64_t number = number_of(roles, parent);
    if (number != 0) {
      parents.push_back(number);
    } else if (config.database.empty()) {
      throw std::invalid_argument("the role \"" + std::string(name) + "\" has the parent \"" +
                                  parent + "\", which does not exist; add it to `roles`");
    }
  }
  return parents;
}

}  // namespace

std::vector<SeedRole> seeds_of(const Config& config) {
  std::vector<SeedRole> seeds;
  seeds.reserve(config.roles.size());
  for (const auto& [name, settings] : config.roles) {
    seeds.push_back({.name = name,
                     .description = settings.description,
                     .parents = settings.parents,
                     .grants = grants_of(settings)});
  }
  return seeds;
}

std::vector<Role> roles_of_file(const Config& config) {
  std::vector<Role> roles{admin()};
  for (const auto& [name, settings] : config.roles) {
    if (name == AdminRole) {
      throw std::invalid_argument(
          "`roles` says what \"admin\" is, which may do everything; call that role another way");
    }
    roles.push_back({.number = static_cast<std::int64_t>(roles.size() + 1),
                     .name = name,
                     .description = settings.description,
                     .parents = {},
                     .grants = grants_of(settings)});
  }
  for (Role& role : std::span(roles).subspan(1)) {
    role.parents = parents_of(config, config.roles.at(role.name), role.name, roles);
  }
  const RoleGraph graph(roles);
  for (const Role& role : roles) {
    if (const auto fault = graph.fault_of(role)) throw std::invalid_argument(fault->sentence);
  }
  return roles;
}

}  // namespace portico::rbac
