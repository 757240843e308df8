// SPDX-License-Identifier: Apache-2.0
#include "store/seed.h"

#include "model/role_graph.h"
#include "store/fingerprint.h"
#include "store/grants.h"
#include "store/roles.h"
#include "store/versions.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace portico::rbac {
namespace {

struct Standard {
  std::string_view name;
  std::string_view description;
};
constexpr std::array<Standard, 3> Others{{
    {"manager", "Runs things for others."},
    {"user", "Everybody who has an account."},
    {"service", "A program that calls on its own behalf."},
}};

std::string digest_of(const SeedRole& role) {
  Fingerprint digest;
  digest.add(role.description);
  for (const std::string& parent : role.parents) digest.add(parent);
  for (const Grant& grant : role.grants) {
    digest.add(name_of(grant.effect)).add(grant.pattern).add(grant.condition);
  }
  return digest.text();
}

bool add_standard_roles(Transaction& db, Time now) {
  const auto admin =
      roles::add(db, {.name = AdminRole, .description = "May do everything.", .system = true}, now);
  if (admin) grants::put(db, *admin, {.pattern = "**", .effect = Effect::Allow, .condition = {}});
  bool added = admin.has_value();
  for (const auto& [name, description] : Others) {
    added |= roles::add(db, {.name = name, .description = description}, now).has_value();
  }
  return added;
}

/// A role of the file that is to be written: its words are others than those that were last.
struct Due {
  Role role;
  std::span<const std::string> parents;
};

std::vector<Due> due_roles(Transaction& db, std::span<const SeedRole> roles, Time now) {
  std::vector<Due> due;
  for (const SeedRole& wanted : roles) {
    if (wanted.name == AdminRole) {
      throw std::runtime_error(
          "`roles` says what \"admin\" is, which may do everything; call that "
          "role another way");
    }
    const std::string digest = digest_of(wanted);
    const auto known = roles::find(db, wanted.name);
    if (known && known->seed_digest == digest) continue;
    const std::int64_t number =
        known ? known->number : *roles::add(db, {.name = wanted.name, .seed_digest = digest}, now);
    roles::mark_seed(db, number, digest);
    due.push_back({{.number = number,
                    .name = wanted.name,
                    .description = wanted.description,
                    .parents = {},
                    .grants = wanted.grants},
                   wanted.parents});
  }
  return due;
}

std::vector<std::int64_t> numbers_of(Reader& db, const Due& due) {
  std::vector<std::int64_t> parents;
  for (const std::string& name : due.parents) {
    const auto parent = roles::find(db, name);
    if (!parent) {
      throw std::runtime_error("the role \"" + due.role.name + "\" has the parent \"" + name +
                               "\", which does not exist; add it to `roles`");
    }
    if (std::ranges::find(parents, parent->number) == parents.end()) {
      parents.push_back(parent->number);
    }
  }
  return parents;
}

/// They may inherit from each other in any order, so none of them has its old parents any more.
void find_parents(Reader& db, std::span<Due> due) {
  RoleGraph graph(roles::all(db));
  for (const Due& each : due) graph.put(each.role);
  for (Due& each : due) {
    each.role.parents = numbers_of(db, each);
    if (const auto fault = graph.fault_of(each.role)) {
      throw std::runtime_error("in `roles`: " + fault->sentence);
    }
    graph.put(each.role);
  }
}

void write(Transaction& db, const Role& role, Time now) {
  roles::describe(db, role.number, role.description);
  roles::set_parents(db, role.number, role.parents);
  grants::replace(db, role.number, role.grants);
  roles::touch(db, role.number, now);
}

}  // namespace

bool apply_seed(Transaction& db, std::span<const SeedRole> roles, Time now) {
  const bool added = add_standard_roles(db, now);
  std::vector<Due> due = due_roles(db, roles, now);
  if (!added && due.empty()) return false;
  if (!due.empty()) find_parents(db, due);
  for (const Due& each : due) write(db, each.role, now);
  versions::raise(db, {.roles = true}, now);
  return true;
}

}  // namespace portico::rbac
