// SPDX-License-Identifier: Apache-2.0
#include "api/roles_routes.h"

#include "api/answers.h"
#include "api/deed.h"
#include "api/own_set.h"
#include "api/role_draft.h"
#include "api/role_state.h"
#include "model/permission.h"
#include "shared/json_out.h"
#include "shared/paging.h"
#include "shared/path_part.h"
#include "shared/refusal.h"
#include "store/versions.h"

#include <optional>
#include <utility>

namespace portico::rbac {
namespace {

Response shown_role(Status status, const RoleState& state) {
  JsonOut out;
  state.view.write(out);
  Response answer = shown(status, out.text());
  answer.headers().set("ETag", state.tag);
  return answer;
}

std::int64_t note_roles(Transaction& db, Time now) {
  return versions::raise(db, {.roles = true}, now);
}

/// As if there were no such role: what was denied by it is denied no longer.
void check_removal(Reader& db, const OwnSet& own, std::int64_t number) {
  if (own.unbounded()) return;
  std::vector<Role> all = roles::all(db);
  const auto before = Book::compile(all, 0);
  std::erase_if(all, [&](const Role& role) { return role.number == number; });
  own.check_change(*before, *Book::compile(all, 0), number);
}

}  // namespace

Response RolesRoutes::list(Request& request) const {
  const Paging paging(request, parts_.host, "roles");
  auto rows = parts_.sql.read(
      [&](Reader& db) { return roles::page(db, paging.after(), paging.limit() + 1); });
  const std::string next = cut_page(rows, paging, [](const RoleRow& row) { return row.name; });
  RoleList body;
  for (const RoleRow& row : rows) body.items.push_back(summary_of(row));
  if (!next.empty()) body.next = next;
  Response answer = uncached(json(Status::Ok, body));
  paging.link(answer, next);
  return answer;
}

Response RolesRoutes::create(Request& request) const {
  const auto body = request.json<NewRoleBody>();
  std::string fault = fault_of_role_name(body.name);
  if (!fault.empty()) throw Refusal::of_field("/name", "role_invalid", std::move(fault));
  const RoleDraft draft = draft_of(body, FreeFields(request.body()));
  const OwnSet own(request, parts_);
  const Time now = parts_.host.unix_time();
  RoleState state;
  const std::int64_t version = parts_.commit([&](Transaction& db) -> std::optional<std::int64_t> {
    if (!roles::add(db, {.name = body.name}, now)) {
      throw Refusal(Status::Conflict, "role_exists",
                    "There is a role \"" + body.name + "\" already.");
    }
    write_draft(db, parts_, own, body.name, draft);
    record(db, parts_, request, {action::RoleCreated, "role", body.name, draft.fields()});
    state = state_of(db, body.name);
    return note_roles(db, now);
  });
  state.view.version = version;
  Response answer = written(shown_role(Status::Created, state), version);
  answer.headers().set("Location", std::string(parts_.host.mount()) + "/roles/" + body.name);
  return answer;
}

Response RolesRoutes::show(Request& request) const {
  const std::string name = path_part(request, "name");
  const std::int64_t version = parts_.authority.version();
  RoleState state = parts_.sql.read_main([&](Reader& db) { return state_of(db, name); });
  state.view.version = version;
  return shown_role(Status::Ok, state);
}

Response RolesRoutes::replace(Request& request) const { return rewrite(request, Rest::Goes); }

Response RolesRoutes::change(Request& request) const { return rewrite(request, Rest::Stays); }

Response RolesRoutes::rewrite(Request& request, Rest rest) const {
  const std::string name = path_part(request, "name");
  const auto body = request.json<RoleBody>();
  RoleDraft draft = draft_of(body, FreeFields(request.body()));
  if (rest == Rest::Goes) draft.complete();
  const OwnSet own(request, parts_);
  const Time now = parts_.host.unix_time();
  RoleState state;
  const std::int64_t version = parts_.commit([&](Transaction& db) -> std::optional<std::int64_t> {
    (void)writable_role(db, request, name);
    write_draft(db, parts_, own, name, draft);
    record(db, parts_, request, {action::RoleUpdated, "role", name, draft.fields()});
    state = state_of(db, name);
    return note_roles(db, now);
  });
  state.view.version = version;
  return written(shown_role(Status::Ok, state), version);
}

Response RolesRoutes::remove(Request& request) const {
  const std::string name = path_part(request, "name");
  const bool force = request.query("force").value_or("") == "true";
  const OwnSet own(request, parts_);
  const Time now = parts_.host.unix_time();
  return done(parts_.commit([&](Transaction& db) -> std::optional<std::int64_t> {
    const RoleRow role = writable_role(db, request, name);
    if (!force && roles::in_use(db, role.number)) {
      throw Refusal(Status::Conflict, "role_in_use",
                    "Some user has this role, or some role inherits from it; take it from them, or "
                    "write ?force=true.");
    }
    check_removal(db, own, role.number);
    roles::remove(db, role.number);
    record(db, parts_, request, {action::RoleDeleted, "role", name});
    return note_roles(db, now);
  }));
}

}  // namespace portico::rbac
