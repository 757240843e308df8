// SPDX-License-Identifier: Apache-2.0
#include "api/user_permissions.h"

#include "api/answers.h"
#include "api/users.h"
#include "model/effective.h"
#include "shared/json_out.h"
#include "shared/path_part.h"
#include "store/grants.h"

namespace portico::rbac {

void EffectiveView::describe(Schema<EffectiveView>& s) {
  s.summary("A permission that a user has, or is denied.");
  s.field("permission", &EffectiveView::permission, "As the role has it, a pattern maybe.");
  s.field("effect", &EffectiveView::effect, "`deny` wins over every `allow`.")
      .one_of({"allow", "deny"});
  s.field("condition", &EffectiveView::condition, "Under this condition alone.");
  s.field("scope", &EffectiveView::scope, "Where; `*` everywhere.");
  s.field("path", &EffectiveView::path,
          "Roles, from the one that was given to the one that has it.");
}

void EffectiveList::describe(Schema<EffectiveList>& s) {
  s.summary("What a user may do now.");
  s.field("items", &EffectiveList::items, "All of it.");
  s.field("version", &EffectiveList::version, "The version of all roles and assignments.");
}

Response list_permissions_of(Request& request, const Parts& parts) {
  const std::string user = path_part(request, "id");
  parts.sql.read_main([&](Reader& db) { require_user(db, parts, user); });
  const std::int64_t version = parts.authority.version();
  const auto book = parts.authority.book();
  const auto assignments = parts.authority.assignments(user);
  JsonOut out;
  out.begin_object().key("items").begin_list();
  for (const EffectiveGrant& each : effective(*book, *assignments, parts.host.unix_time())) {
    out.begin_object()
        .member("permission", each.pattern)
        .member("effect", name_of(each.effect))
        .json_member("condition", each.condition)
        .member("scope", each.scope)
        .member("path", each.path)
        .end_object();
  }
  out.end_list().member("version", version).end_object();
  return shown(Status::Ok, out.text());
}

}  // namespace portico::rbac
