// SPDX-License-Identifier: Apache-2.0
#include "api/supposition.h"

#include "api/role_draft.h"
#include "model/permission.h"
#include "model/role_graph.h"
#include "shared/refusal.h"

#include <algorithm>
#include <utility>

namespace portico::rbac {
namespace {

std::string item(std::string_view list, std::size_t index) {
  return std::string(list) + "/" + std::to_string(index);
}

std::int64_t free_number(const std::vector<Role>& roles) {
  std::int64_t number = 0;
  for (const Role& role : roles) number = std::max(number, role.number);
  return number + 1;
}

}  // namespace

Supposition::Supposition(const SimulationBody& body, const FreeFields& free, const Book& book,
                         const Parts& parts)
    : parts_(parts), roles_(book.roles().begin(), book.roles().end()) {
  for (std::size_t i = 0; i < body.roles.size(); ++i) {
    put_role(body.roles[i], free, item("/roles", i));
  }
  for (std::size_t i = 0; i < body.remove_roles.size(); ++i) {
    remove_role(body.remove_roles[i], item("/remove_roles", i));
  }
  for (std::size_t i = 0; i < body.assignments.size(); ++i) {
    assign(body.assignments[i], item("/assignments", i));
  }
  for (std::size_t i = 0; i < body.revocations.size(); ++i) {
    revoke(body.revocations[i], item("/revocations", i));
  }
  book_ = Book::compile(roles_, book.version());
}

const std::vector<Assignment>& Supposition::assignments(const std::string& user) {
  const auto [found, is_new] = users_.try_emplace(user);
  if (is_new) found->second = *parts_.authority.assignments(user);
  return found->second;
}

Role& Supposition::known_role(std::string_view name, const std::string& where) {
  const auto found = std::ranges::find(roles_, name, &Role::name);
  if (found != roles_.end()) return *found;
  throw Refusal::of_field(where, "role_invalid", "There is no role \"" + std::string(name) + "\".");
}

void Supposition::put_role(const NewRoleBody& body, const FreeFields& free,
                           const std::string& where) {
  std::string fault = fault_of_role_name(body.name);
  if (!fault.empty()) throw Refusal::of_field(where + "/name", "role_invalid", std::move(fault));
  RoleDraft draft = draft_of(body, free, where);
  Role role{.number = free_number(roles_),
            .name = body.name,
            .description = {},
            .parents = {},
            .grants = {}};
  const auto old = std::ranges::find(roles_, body.name, &Role::name);
  if (old != roles_.end()) role = *old;
  if (draft.grants) role.grants = *std::move(draft.grants);
  if (draft.parents) {
    role.parents.clear();
    for (const std::string& parent : *draft.parents) {
      role.parents.push_back(known_role(parent, where + "/parents").number);
    }
    refuse_graph(RoleGraph(roles_).fault_of(role), where + "/parents");
  }
  std::erase_if(roles_, [&](const Role& each) { return each.number == role.number; });
  roles_.push_back(std::move(role));
}

void Supposition::remove_role(std::string_view name, const std::string& where) {
  const std::int64_t number = known_role(name, where).number;
  std::erase_if(roles_, [&](const Role& each) { return each.number == number; });
  for (Role& role : roles_) std::erase(role.parents, number);
}

void Supposition::assign(const SimulatedAssignment& body, const std::string& where) {
  Wanted wanted = wanted_of(body, where, parts_.host.unix_time());
  wanted.assignment.role = known_role(body.role, where + "/role").number;
  drop(body.user, wanted.assignment.role, body.scope);
  users_[body.user].push_back(std::move(wanted.assignment));
}

void Supposition::revoke(const SimulatedRevocation& body, const std::string& where) {
  drop(body.user, known_role(body.role, where + "/role").number, body.scope);
}

void Supposition::drop(const std::string& user, std::int64_t role, std::string_view scope) {
  (void)assignments(user);
  std::erase_if(users_[user],
                [&](const Assignment& each) { return each.role == role && each.scope == scope; });
}

}  // namespace portico::rbac
