// SPDX-License-Identifier: Apache-2.0
#include "api/reassignment.h"

#include "api/deed.h"
#include "api/last_administrator.h"
#include "api/users.h"
#include "shared/entity_tag.h"
#include "shared/json_out.h"
#include "shared/refusal.h"
#include "store/administrators.h"
#include "store/fingerprint.h"
#include "store/roles.h"
#include "store/versions.h"

#include <algorithm>
#include <utility>

namespace portico::rbac {
namespace {

constexpr std::size_t MostRoles = 200;

std::vector<AssignmentRow> rows_of(Reader& db, const Parts& parts, std::string_view user) {
  require_user(db, parts, user);
  return assignments::rows(db, user);
}

}  // namespace

std::string tag_of(const std::vector<AssignmentRow>& rows) {
  Fingerprint state;
  for (const AssignmentRow& row : rows) state.add(row.id);
  return entity_tag(state.text());
}

Reassignment::Reassignment(Transaction& db, const Parts& parts, const Request& request,
                           const OwnSet& own, std::string user)
    : db_(db),
      parts_(parts),
      request_(request),
      own_(own),
      user_(std::move(user)),
      now_(parts.host.unix_time()),
      before_(rows_of(db, parts, user_)),
      book_(own.unbounded() ? parts.authority.book() : Book::compile(roles::all(db), 0)),
      was_administrator_(
          administrators::is_one(db, user_, now_, who_can_administer(parts, book_))) {
  require_match(request, tag_of(before_));
}

void Reassignment::give(const Wanted& wanted) {
  const Assignment& given = wanted.assignment;
  const auto old = std::ranges::find_if(before_, [&](const AssignmentRow& row) {
    return row.assignment.role == given.role && row.assignment.scope == given.scope;
  });
  if (old != before_.end() && old->assignment == given) return;
  own_.refuse_self(user_);
  own_.check_role(*book_, given.role, given.scope);
  const std::string id = parts_.host.new_id();
  assignments::put(db_,
                   {.id = id,
                    .user = user_,
                    .assignment = given,
                    .granted_by = own_.user(),
                    .reason = wanted.reason},
                   now_);
  note(action::RoleGranted, wanted.role, given.scope);
}

void Reassignment::take(const AssignmentRow& row) {
  own_.refuse_self(user_);
  own_.check_role(*book_, row.assignment.role, row.assignment.scope);
  assignments::remove(db_, user_, row.assignment.role, row.assignment.scope);
  note(action::RoleRevoked, row.role, row.assignment.scope);
}

std::optional<std::int64_t> Reassignment::finish() {
  if (!changed_) return std::nullopt;
  if (assignments::rows(db_, user_).size() > MostRoles) {
    throw Refusal(Status::UnprocessableContent, "too_many_roles",
                  "A user has at most 200 roles; make one of them that inherits from others.");
  }
  if (was_administrator_ &&
      !administrators::another(db_, "", now_, who_can_administer(parts_, book_))) {
    refuse_last_administrator();
  }
  return versions::raise(db_, {.user = user_}, now_);
}

void Reassignment::note(std::string_view action, std::string_view role, std::string_view scope) {
  changed_ = true;
  JsonOut detail;
  detail.begin_object().member("role", role).member("scope", scope).end_object();
  record(db_, parts_, request_, {action, "user", user_, std::string(detail.text())});
}

}  // namespace portico::rbac
