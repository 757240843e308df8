// SPDX-License-Identifier: Apache-2.0
#include "store/permission_names.h"

namespace portico::rbac::permission_names {
namespace {

constexpr Statement Page{"rbac.permission_names.page",
                         "SELECT name, description, created_at FROM rbac_permissions WHERE name > "
                         "$1 ORDER BY name LIMIT $2"};
constexpr Statement Add{
    "rbac.permission_names.add",
    "INSERT INTO rbac_permissions (name, description, created_at) VALUES ($1, $2, $3) ON CONFLICT "
    "(name) DO NOTHING"};
constexpr Statement Describe{"rbac.permission_names.describe",
                             "UPDATE rbac_permissions SET description = $1 WHERE name = $2"};
constexpr Statement Remove{"rbac.permission_names.remove",
                           "DELETE FROM rbac_permissions WHERE name = $1"};

}  // namespace

std::vector<PermissionName> page(Reader& db, std::string_view after, std::size_t limit) {
  std::vector<PermissionName> found;
  for (const Row row : db.query(Page, {after, limit})) {
    found.push_back({std::string(row.text(0)), std::string(row.text(1)), Time(row.integer(2))});
  }
  return found;
}

bool put(Transaction& db, std::string_view name, std::string_view description, Time now) {
  if (db.change(Add, {name, description, now.count()}) == 1) return true;
  db.change(Describe, {description, name});
  return false;
}

bool remove(Transaction& db, std::string_view name) { return db.change(Remove, {name}) == 1; }

}  // namespace portico::rbac::permission_names
