// SPDX-License-Identifier: Apache-2.0
#include "account/identity_service.h"

#include "account/email.h"
#include "account/visit.h"
#include "shared/uuid.h"
#include "store/users.h"

#include <optional>
#include <utility>

namespace portico::auth {
namespace {

std::optional<std::string_view> unless_empty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

bool IdentityService::exists(Reader& db, std::string_view subject) {
  if (!uuid::parse(subject)) return false;
  const auto user = users::find(db, subject);
  return user && user->status != UserStatus::Erased;
}

std::optional<std::string> IdentityService::find(Reader& db, std::string_view email) {
  const auto read = read_email(email);
  auto user = read ? users::find_by_email(db, read->normal) : std::nullopt;
  if (!user || user->status == UserStatus::Erased) return std::nullopt;
  return std::move(user->id);
}

std::optional<Contact> IdentityService::contact(Reader& db, std::string_view subject) {
  auto user = uuid::parse(subject) ? users::find(db, subject) : std::nullopt;
  const bool reachable =
      user && (user->status == UserStatus::Active || user->status == UserStatus::Pending);
  if (!reachable) return std::nullopt;
  return Contact{.email = std::move(user->email),
                 .verified = user->verified.has_value(),
                 .name = user->name.value_or(std::string()),
                 .locale = user->locale.value_or(std::string()),
                 .timezone = user->timezone.value_or(std::string())};
}

bool IdentityService::can_log_in(Reader& db, std::string_view subject) {
  const auto user = users::find(db, subject);
  return user && user->may_log_in(host_.unix_time());
}

std::vector<std::string> IdentityService::administrators(Reader& db) {
  return users::administrators(db);
}

void IdentityService::record(Transaction& db, const AuditEntry& entry) {
  Visit visit{.now = host_.unix_time()};
  Deed deed{.action = entry.action,
            .outcome = entry.outcome,
            .detail = entry.detail,
            .actor_type = "system",
            .target_type = unless_empty(entry.target_type),
            .target = unless_empty(entry.target)};
  if (entry.request != nullptr) {
    visit = visit_of(*entry.request, host_);
    deed.actor_type.reset();
    if (const Principal* const who = entry.request->principal()) {
      deed.actor = who->subject;
      deed.session = unless_empty(who->session);
    }
  }
  auth::record(db, host_, visit, deed);
}

}  // namespace portico::auth
