// SPDX-License-Identifier: Apache-2.0
#include "api/deed.h"

namespace portico::rbac {

void record(Transaction& db, const Parts& parts, const Request& request, const Deed& deed) {
  Identity* const identity = parts.identity.operator->();
  if (identity == nullptr) return;
  AuditEntry entry;
  entry.action = deed.action;
  entry.request = &request;
  entry.target_type = deed.target_type;
  entry.target = deed.target;
  entry.detail = deed.detail;
  identity->record(db, entry);
}

}  // namespace portico::rbac
