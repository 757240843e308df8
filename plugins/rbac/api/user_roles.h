// SPDX-License-Identifier: Apache-2.0
// The routes /users/{id}/roles: which roles a user has. A write is one transaction: what the caller
// may give, the rows, whether an administrator is left, the version and the audit log.
#pragma once

#include "api/parts.h"
#include <portico/http.h>

namespace portico::rbac {

class UserRoles {
 public:
  explicit UserRoles(const Parts& parts) : parts_(parts) {}

  /// With ?effective=true also those that come with others.
  [[nodiscard]] Response show(Request& request) const;
  /// PUT: all that the user is to have.
  [[nodiscard]] Response replace(Request& request) const;
  /// POST: 201; 200 where the user had it so.
  [[nodiscard]] Response add(Request& request) const;
  /// ?scope= says where; everywhere without it.
  [[nodiscard]] Response remove(Request& request) const;

 private:
  const Parts& parts_;
};

}  // namespace portico::rbac
