// SPDX-License-Identifier: Apache-2.0
#include "message/owners.h"

namespace portico::notify {

bool Owners::may(Reader& db, std::string_view user, std::string_view permission) const {
  Identity* const identity = identity_.operator->();
  Permissions* const permissions = permissions_.operator->();
  if (identity == nullptr || permissions == nullptr || !identity->contact(db, user)) return true;
  return identity->can_log_in(db, user) && permissions->holds(db, user, permission);
}

}  // namespace portico::notify
