// SPDX-License-Identifier: Apache-2.0
#include "api/caller.h"

#include "shared/path_part.h"
#include "shared/refusal.h"
#include "shared/uuid.h"

namespace portico::notify {

std::string caller_of(const Request& request) {
  const Principal* const who = request.principal();
  if (who == nullptr || who->subject.empty()) {
    throw Refusal(Status::Unauthorized, "not_authenticated", "Log in to use this address.");
  }
  return std::string(who->subject);
}

std::string owner_of(const Request& request, const Site& site) {
  std::string caller = caller_of(request);
  const std::string_view issuer = request.principal()->issuer;
  const Identity* const identity = site.identity.operator->();
  if (identity != nullptr && !issuer.empty() && issuer != identity->issuer()) {
    throw Refusal(Status::Forbidden, "foreign_user", "Only users of this site have this.");
  }
  return caller;
}

void record(Transaction& db, const Site& site, const Request& request, std::string_view action,
            std::string_view target_type, std::string_view target) {
  Identity* const identity = site.identity.operator->();
  if (identity == nullptr) return;
  AuditEntry entry;
  entry.action = action;
  entry.request = &request;
  entry.target_type = target_type;
  entry.target = target;
  identity->record(db, entry);
}

std::string id_of(const Request& request, std::string_view parameter) {
  std::string id = path_part(request, parameter);
  if (!uuid::parse(id)) {
    throw Refusal(Status::NotFound, "not_found", "There is nothing of this id.");
  }
  return id;
}

}  // namespace portico::notify
