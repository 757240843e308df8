// SPDX-License-Identifier: Apache-2.0
#include "api/role_state.h"

#include "api/refusals.h"
#include "shared/entity_tag.h"
#include "shared/time_text.h"
#include "store/grants.h"

#include <utility>

namespace portico::rbac {
namespace {

RoleRow known_role(Reader& db, std::string_view name) {
  auto role = roles::find(db, name);
  if (!role) throw no_such_role(name);
  return *std::move(role);
}

}  // namespace

std::string tag_of(const RoleRow& role) {
  return entity_tag(std::to_string(role.number) + "-" + std::to_string(role.version));
}

RoleSummary summary_of(const RoleRow& role) {
  return {.name = role.name,
          .description = role.description,
          .system = role.system,
          .origin = role.of_file ? "file" : "api",
          .created_at = time_text(role.created),
          .updated_at = time_text(role.updated)};
}

RoleState state_of(Reader& db, std::string_view name) {
  const RoleRow role = known_role(db, name);
  RoleView view;
  static_cast<RoleSummary&>(view) = summary_of(role);
  for (Parent& parent : roles::parents(db, role.number)) {
    view.parents.push_back(std::move(parent.name));
  }
  for (Grant& grant : grants::of(db, role.number)) {
    view.permissions.push_back({.permission = std::move(grant.pattern),
                                .effect = std::string(name_of(grant.effect)),
                                .condition = {.text = std::move(grant.condition)}});
  }
  return {std::move(view), tag_of(role)};
}

RoleRow writable_role(Reader& db, const Request& request, std::string_view name) {
  RoleRow role = known_role(db, name);
  if (role.system) throw of_the_system();
  require_match(request, tag_of(role));
  return role;
}

}  // namespace portico::rbac
