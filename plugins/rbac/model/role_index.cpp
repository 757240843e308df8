// SPDX-License-Identifier: Apache-2.0
#include "model/role_index.h"

namespace portico::rbac {

RoleIndex::RoleIndex(std::span<const Role> roles) : roles_(roles) {
  for (std::uint32_t role = 0; role < roles.size(); ++role) {
    if (find(roles[role].number) == None) by_number_.add(hash(roles[role].number), role);
    if (find(roles[role].name) == None) by_name_.add(Lookup::hash(roles[role].name), role);
  }
}

}  // namespace portico::rbac
