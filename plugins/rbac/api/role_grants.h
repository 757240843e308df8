// SPDX-License-Identifier: Apache-2.0
// The routes /roles/{name}/permissions/{permission}: one grant of a role, given or taken away.
#pragma once

#include "api/parts.h"
#include <portico/http.h>

namespace portico::rbac {

class RoleGrants {
 public:
  explicit RoleGrants(const Parts& parts) : parts_(parts) {}

  /// In the place of the one with the same effect.
  [[nodiscard]] Response put(Request& request) const;
  /// ?effect=allow or deny; both without it.
  [[nodiscard]] Response remove(Request& request) const;

 private:
  const Parts& parts_;
};

}  // namespace portico::rbac
