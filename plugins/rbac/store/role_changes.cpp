// SPDX-License-Identifier: Apache-2.0
// The changes of roles.h.
#include "store/roles.h"

namespace portico::rbac::roles {
namespace {

constexpr Statement Add{
    "rbac.roles.add",
    "INSERT INTO rbac_roles (name, description, is_system, origin, seed_digest, created_at, "
    "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (name) DO NOTHING RETURNING "
    "number"};
constexpr Statement Touch{
    "rbac.roles.touch",
    "UPDATE rbac_roles SET row_version = row_version + 1, updated_at = $1 WHERE number = $2"};
constexpr Statement Describe{"rbac.roles.describe",
                             "UPDATE rbac_roles SET description = $1 WHERE number = $2"};
constexpr Statement MarkSeed{
    "rbac.roles.mark_seed",
    "UPDATE rbac_roles SET origin = 'file', seed_digest = $1 WHERE number = $2"};
constexpr Statement ClearParents{"rbac.roles.clear_parents",
                                 "DELETE FROM rbac_role_parents WHERE role = $1"};
constexpr Statement AddParent{"rbac.roles.add_parent",
                              "INSERT INTO rbac_role_parents (role, parent) VALUES ($1, $2)"};
constexpr Statement Remove{"rbac.roles.remove", "DELETE FROM rbac_roles WHERE number = $1"};

}  // namespace

std::optional<std::int64_t> add(Transaction& db, const NewRole& role, Time now) {
  const std::string_view origin = role.seed_digest ? "file" : "api";
  const Rows rows = db.query(
      Add, {role.name, role.description, role.system, origin, role.seed_digest, now.count()});
  if (rows.empty()) return std::nullopt;
  return rows[0].integer(0);
}

void touch(Transaction& db, std::int64_t role, Time now) { db.change(Touch, {now.count(), role}); }

void describe(Transaction& db, std::int64_t role, std::string_view description) {
  db.change(Describe, {description, role});
}

void mark_seed(Transaction& db, std::int64_t role, std::string_view digest) {
  db.change(MarkSeed, {digest, role});
}

void set_parents(Transaction& db, std::int64_t role, std::span<const std::int64_t> parents) {
  db.change(ClearParents, {role});
  for (const std::int64_t parent : parents) db.change(AddParent, {role, parent});
}

void remove(Transaction& db, std::int64_t role) { db.change(Remove, {role}); }

}  // namespace portico::rbac::roles
