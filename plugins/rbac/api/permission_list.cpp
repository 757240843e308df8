// SPDX-License-Identifier: Apache-2.0
#include "api/permission_list.h"

#include "api/answers.h"
#include "api/deed.h"
#include "model/permission.h"
#include "shared/paging.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "store/permission_names.h"

#include <utility>

namespace portico::rbac {

void PermissionBody::describe(Schema<PermissionBody>& s) {
  s.summary("A permission that an application asks for.");
  s.field("name", &PermissionBody::name, "What is acted on and the action: `orders:read`.")
      .required();
  s.field("description", &PermissionBody::description, "What it lets one do.").max(500);
}

void PermissionList::describe(Schema<PermissionList>& s) {
  s.summary("Permissions, by name.");
  s.field("items", &PermissionList::items, "A page of them.");
  s.field("next", &PermissionList::next, "The cursor of the next page.");
}

Response PermissionRoutes::list(Request& request) const {
  const Paging paging(request, parts_.host, "permissions");
  auto rows = parts_.sql.read(
      [&](Reader& db) { return permission_names::page(db, paging.after(), paging.limit() + 1); });
  const std::string next =
      cut_page(rows, paging, [](const PermissionName& row) { return row.name; });
  PermissionList body;
  for (PermissionName& row : rows) {
    body.items.push_back({std::move(row.name), std::move(row.description)});
  }
  if (!next.empty()) body.next = next;
  Response answer = uncached(json(Status::Ok, body));
  paging.link(answer, next);
  return answer;
}

Response PermissionRoutes::put(Request& request) const {
  const auto body = request.json<PermissionBody>();
  std::string fault = fault_of_permission(body.name);
  if (!fault.empty()) throw Refusal::of_field("/name", "bad_permission", std::move(fault));
  const bool made = parts_.sql.write([&](Transaction& db) {
    record(db, parts_, request, {action::PermissionChanged, "permission", body.name});
    return permission_names::put(db, body.name, body.description, parts_.host.unix_time());
  });
  Response answer = uncached(json(made ? Status::Created : Status::Ok, body));
  if (made) {
    answer.headers().set("Location",
                         std::string(parts_.host.mount()) + "/permissions/" + body.name);
  }
  return written(std::move(answer), parts_.authority.version());
}

Response PermissionRoutes::remove(Request& request) const {
  const std::string name = path_part(request, "permission");
  parts_.sql.write([&](Transaction& db) {
    if (!permission_names::remove(db, name)) return;
    record(db, parts_, request, {action::PermissionChanged, "permission", name});
  });
  return done(parts_.authority.version());
}

}  // namespace portico::rbac
