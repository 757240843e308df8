// SPDX-License-Identifier: Apache-2.0
// The routes of roles: /roles and /roles/{name}. Every write is one transaction with the version
// that it raises and its entry in the audit log.
#pragma once

#include "api/parts.h"
#include <portico/http.h>

namespace portico::rbac {

class RolesRoutes {
 public:
  explicit RolesRoutes(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response create(Request& request) const;
  [[nodiscard]] Response show(Request& request) const;
  /// PUT: what the body does not name is empty from then on.
  [[nodiscard]] Response replace(Request& request) const;
  /// PATCH: what the body does not name stays.
  [[nodiscard]] Response change(Request& request) const;
  /// With ?force=true also one that somebody has or inherits from.
  [[nodiscard]] Response remove(Request& request) const;

 private:
  enum class Rest : bool { Stays, Goes };

  [[nodiscard]] Response rewrite(Request& request, Rest rest) const;

  const Parts& parts_;
};

}  // namespace portico::rbac
