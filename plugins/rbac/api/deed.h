// SPDX-License-Identifier: Apache-2.0
// What goes into the audit log, where somebody keeps one: who did what to whom, with the names of
// what was changed and never the values. In the transaction that does it.
#pragma once

#include "api/parts.h"
#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico::rbac {

namespace action {
inline constexpr std::string_view RoleCreated = "role_created";
inline constexpr std::string_view RoleUpdated = "role_updated";
inline constexpr std::string_view RoleDeleted = "role_deleted";
inline constexpr std::string_view RoleGranted = "role_granted";
inline constexpr std::string_view RoleRevoked = "role_revoked";
inline constexpr std::string_view PermissionChanged = "permission_changed";
}  // namespace action

/// `detail` is a JSON object.
struct Deed {
  std::string_view action;
  std::string_view target_type;  ///< "role", "user", "permission"
  std::string_view target;
  std::string detail = "{}";
};
void record(Transaction& db, const Parts& parts, const Request& request, const Deed& deed);

}  // namespace portico::rbac
