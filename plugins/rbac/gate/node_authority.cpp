// SPDX-License-Identifier: Apache-2.0
#include "gate/node_authority.h"

#include "gate/named_roles.h"

namespace portico::rbac {

// A subject of another issuer may bear the id of a user of ours, and has nothing of theirs.
std::shared_ptr<const std::vector<Assignment>> NodeAuthority::held_by(const Principal& caller) {
  switch (gate_.source_of(caller)) {
    case RoleSource::Database: return assignments(caller.subject);
    case RoleSource::Token:
      return std::make_shared<const std::vector<Assignment>>(named_by(*book(), caller.roles));
    case RoleSource::Nowhere: break;
  }
  return std::make_shared<const std::vector<Assignment>>();
}

}  // namespace portico::rbac
