// SPDX-License-Identifier: Apache-2.0
#include "store/roles.h"

#include "store/grants.h"

#include <utility>

namespace portico::rbac::roles {
namespace {

constexpr Statement All{"rbac.roles.all",
                        "SELECT number, name, description, is_system, row_version FROM rbac_roles "
                        "ORDER BY number"};
constexpr Statement AllParents{"rbac.roles.all_parents",
                               "SELECT role, parent FROM rbac_role_parents ORDER BY role, parent"};
constexpr Statement Find{
    "rbac.roles.by_name",
    "SELECT number, name, description, is_system, origin, seed_digest, row_version, created_at, "
    "updated_at FROM rbac_roles WHERE name = $1"};
constexpr Statement Page{
    "rbac.roles.page",
    "SELECT number, name, description, is_system, origin, seed_digest, row_version, created_at, "
    "updated_at FROM rbac_roles WHERE name > $1 ORDER BY name LIMIT $2"};
constexpr Statement Parents{
    "rbac.roles.parents",
    "SELECT r.number, r.name FROM rbac_role_parents p JOIN rbac_roles r ON r.number = p.parent "
    "WHERE p.role = $1 ORDER BY r.name"};
constexpr Statement InUse{"rbac.roles.in_use",
                          "SELECT 1 FROM rbac_roles r WHERE r.number = $1 AND (EXISTS (SELECT 1 "
                          "FROM rbac_assignments a WHERE a.role = r.number) OR EXISTS (SELECT 1 "
                          "FROM rbac_role_parents p WHERE p.parent = r.number))"};

/// Of rows that are in the order of roles, as the roles are.
class Place {
 public:
  explicit Place(std::vector<Role>& roles) : at_(roles.begin()), end_(roles.end()) {}

  /// Null for a role that was made since they were read.
  [[nodiscard]] Role* of(std::int64_t number) {
    while (at_ != end_ && at_->number < number) ++at_;
    return at_ != end_ && at_->number == number ? &*at_ : nullptr;
  }

 private:
  std::vector<Role>::iterator at_;
  std::vector<Role>::iterator end_;
};

[[nodiscard]] RoleRow row_of(const Row& row) {
  return {.number = row.integer(0),
          .name = std::string(row.text(1)),
          .description = std::string(row.text(2)),
          .system = row.flag(3),
          .of_file = row.text(4) == "file",
          .seed_digest = std::string(row.maybe_text(5).value_or("")),
          .version = row.integer(6),
          .created = Time(row.integer(7)),
          .updated = Time(row.integer(8))};
}

}  // namespace

std::vector<Role> all(Reader& db) {
  std::vector<Role> found;
  for (const Row row : db.query(All)) {
    found.push_back({.number = row.integer(0),
                     .name = std::string(row.text(1)),
                     .description = std::string(row.text(2)),
                     .system = row.flag(3),
                     .version = row.integer(4),
                     .parents = {},
                     .grants = {}});
  }
  Place heir(found);
  for (const Row row : db.query(AllParents)) {
    if (Role* const role = heir.of(row.integer(0))) role->parents.push_back(row.integer(1));
  }
  Place holder(found);
  for (auto& [number, grant] : grants::all(db)) {
    if (Role* const role = holder.of(number)) role->grants.push_back(std::move(grant));
  }
  return found;
}

std::optional<Role> whole(Reader& db, std::string_view name) {
  const auto row = find(db, name);
  if (!row) return std::nullopt;
  Role role{.number = row->number,
            .name = row->name,
            .description = row->description,
            .system = row->system,
            .version = row->version,
            .parents = {},
            .grants = grants::of(db, row->number)};
  for (const Parent& parent : parents(db, role.number)) role.parents.push_back(parent.number);
  return role;
}

std::optional<RoleRow> find(Reader& db, std::string_view name) {
  const Rows rows = db.query(Find, {name});
  if (rows.empty()) return std::nullopt;
  return row_of(rows[0]);
}

std::vector<RoleRow> page(Reader& db, std::string_view after, std::size_t limit) {
  std::vector<RoleRow> found;
  for (const Row row : db.query(Page, {after, limit})) found.push_back(row_of(row));
  return found;
}

std::vector<Parent> parents(Reader& db, std::int64_t role) {
  std::vector<Parent> found;
  for (const Row row : db.query(Parents, {role})) {
    found.push_back({row.integer(0), std::string(row.text(1))});
  }
  return found;
}

bool in_use(Reader& db, std::int64_t role) { return !db.query(InUse, {role}).empty(); }

}  // namespace portico::rbac::roles
