// SPDX-License-Identifier: Apache-2.0
#include "api/user_roles.h"

#include "api/answers.h"
#include "api/assignment_body.h"
#include "api/reassignment.h"
#include "api/users.h"
#include "model/paths.h"
#include "shared/path_part.h"
#include "shared/refusal.h"

#include <algorithm>
#include <utility>

namespace portico::rbac {
namespace {

/// What comes with a role that was given, for as long and where it counts.
void add_inherited(const Book& book, const AssignmentRow& row, std::vector<AssignmentView>& items) {
  const std::uint32_t place = book.place(row.assignment.role);
  if (place == Book::None) return;
  const Paths paths(book, place);
  for (const std::uint32_t ancestor : paths.roles()) {
    if (ancestor == place) continue;
    AssignmentView view = view_of(row);
    view.role = book.roles()[ancestor].name;
    view.inherited = true;
    view.path = paths.to(ancestor);
    items.push_back(std::move(view));
  }
}

Response shown_set(const std::vector<AssignmentRow>& rows, const Book* effective,
                   std::int64_t version) {
  AssignmentList body{.items = {}, .version = version};
  for (const AssignmentRow& row : rows) {
    body.items.push_back(view_of(row));
    if (effective != nullptr) add_inherited(*effective, row, body.items);
  }
  Response answer = uncached(json(Status::Ok, body));
  answer.headers().set("ETag", tag_of(rows));
  return answer;
}

std::vector<Wanted> wanted_set(Request& request, Time now) {
  const auto body = request.json<AssignmentSet>();
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < body.roles.size(); ++i) {
    const std::string where = "/roles/" + std::to_string(i);
    Wanted one = wanted_of(body.roles[i], where, now);
    const bool twice = std::ranges::any_of(wanted, [&](const Wanted& each) {
      return each.role == one.role && each.assignment.scope == one.assignment.scope;
    });
    if (twice) {
      throw Refusal::of_field(where, "role_invalid", "This role stands there twice in one scope.");
    }
    wanted.push_back(std::move(one));
  }
  return wanted;
}

bool is_among(const std::vector<Wanted>& wanted, const AssignmentRow& row) {
  return std::ranges::any_of(wanted, [&](const Wanted& each) {
    return each.assignment.role == row.assignment.role &&
           each.assignment.scope == row.assignment.scope;
  });
}

}  // namespace

Response UserRoles::show(Request& request) const {
  const std::string user = path_part(request, "id");
  const std::int64_t version = parts_.authority.version();
  const auto rows = parts_.sql.read_main([&](Reader& db) {
    require_user(db, parts_, user);
    return assignments::rows(db, user);
  });
  const bool effective = request.query("effective").value_or("") == "true";
  const auto book = effective ? parts_.authority.book() : nullptr;
  return shown_set(rows, book.get(), version);
}

Response UserRoles::replace(Request& request) const {
  const std::string user = path_part(request, "id");
  std::vector<Wanted> wanted = wanted_set(request, parts_.host.unix_time());
  const OwnSet own(request, parts_);
  std::vector<AssignmentRow> rows;
  const std::int64_t version = parts_.commit([&](Transaction& db) {
    Reassignment change(db, parts_, request, own, user);
    for (Wanted& each : wanted) {
      find_role(db, each);
      change.give(each);
    }
    for (const AssignmentRow& row : change.before()) {
      if (!is_among(wanted, row)) change.take(row);
    }
    const auto raised = change.finish();
    rows = assignments::rows(db, user);
    return raised;
  });
  return written(shown_set(rows, nullptr, version), version);
}

Response UserRoles::add(Request& request) const {
  const std::string user = path_part(request, "id");
  const auto body = request.json<AssignmentBody>();
  Wanted wanted = wanted_of(body, {}, parts_.host.unix_time());
  const OwnSet own(request, parts_);
  bool changed = false;
  std::vector<AssignmentRow> rows;
  const std::int64_t version = parts_.commit([&](Transaction& db) {
    Reassignment change(db, parts_, request, own, user);
    find_role(db, wanted);
    change.give(wanted);
    const auto raised = change.finish();
    changed = raised.has_value();
    rows = assignments::rows(db, user);
    return raised;
  });
  Response answer = written(shown_set(rows, nullptr, version), version);
  if (!changed) return answer;
  answer.status(Status::Created);
  answer.headers().set(
      "Location", std::string(parts_.host.mount()) + "/users/" + escaped_part(user) + "/roles");
  return answer;
}

Response UserRoles::remove(Request& request) const {
  const std::string user = path_part(request, "id");
  const std::string role = path_part(request, "role");
  const std::string scope(request.query("scope").value_or("*"));
  const OwnSet own(request, parts_);
  return done(parts_.commit([&](Transaction& db) {
    Reassignment change(db, parts_, request, own, user);
    for (const AssignmentRow& row : change.before()) {
      if (row.role == role && row.assignment.scope == scope) change.take(row);
    }
    return change.finish();
  }));
}

}  // namespace portico::rbac
