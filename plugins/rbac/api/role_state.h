// SPDX-License-Identifier: Apache-2.0
// A role of the database on its way to a client and back.
#pragma once

#include "api/role_body.h"
#include "store/roles.h"
#include <portico/http.h>
#include <portico/sql.h>

#include <string>
#include <string_view>

namespace portico::rbac {

[[nodiscard]] std::string tag_of(const RoleRow& role);
[[nodiscard]] RoleSummary summary_of(const RoleRow& role);

/// What an answer shows of a role, and its ETag.
struct RoleState {
  RoleView view;
  std::string tag;
};
/// Throws Refusal, 404.
[[nodiscard]] RoleState state_of(Reader& db, std::string_view name);

/// The role, for a write: throws Refusal, 404, 403 for one of the system's, and 412 where the
/// client has seen another state.
[[nodiscard]] RoleRow writable_role(Reader& db, const Request& request, std::string_view name);

}  // namespace portico::rbac
