// SPDX-License-Identifier: Apache-2.0
#include "api/refusals.h"

#include <string>

namespace portico::rbac {

Refusal no_such_role(std::string_view name) {
  return {Status::NotFound, "role_not_found",
          "There is no role \"" + std::string(name) + "\"; GET /roles lists those that there are."};
}

Refusal no_such_user() { return {Status::NotFound, "user_not_found", "There is no such user."}; }

Refusal of_the_system() {
  return Refusal::forbidden("system_role", "This role is the system's own; nobody changes it.", {});
}

}  // namespace portico::rbac
