// SPDX-License-Identifier: Apache-2.0
#include "api/assignment_body.h"

#include "api/scope.h"
#include "shared/refusal.h"
#include "shared/time_text.h"
#include "store/roles.h"

namespace portico::rbac {
namespace {

constexpr Time LatestPast = std::chrono::seconds(60);
/// Of the years, the longest.
constexpr Time Longest = std::chrono::days(366);

template <class View>
void describe_origin(Schema<View>& s) {
  s.field("not_before", &View::not_before, "From when on it counts.");
  s.field("expires_at", &View::expires_at, "When it ends.");
  s.field("granted_by", &View::granted_by, "Who gave it.");
  s.field("reason", &View::reason, "Why.");
  s.field("created_at", &View::created_at, "When it was given.");
}

Time time_of_body(const std::optional<std::string>& text, const std::string& where) {
  if (!text) return Time{0};
  const auto time = parse_time(*text);
  if (time) return *time;
  throw Refusal::of_field(where, "time_invalid",
                          "This is no time; write \"2026-01-31T09:05:00Z\".");
}

/// Of a time that is wrong, why; nothing of one that is not. Clocks of clients are not ours: what
/// ended a moment ago there is no mistake.
std::string_view fault_of_end(const Assignment& given, Time now) {
  if (given.expires == Time{0}) return {};
  if (given.expires < now - LatestPast) return "This time is over; write a later one.";
  if (given.expires > now + Longest) {
    return "This is more than a year from now; write an earlier time, or none for a role that "
           "stays.";
  }
  if (given.expires <= given.not_before) {
    return "It would have ended before it begins; write a later time.";
  }
  return {};
}

}  // namespace

void AssignmentBody::describe(Schema<AssignmentBody>& s) {
  s.summary("A role for a user.");
  describe_fields(s);
}

void AssignmentSet::describe(Schema<AssignmentSet>& s) {
  s.summary("All roles that a user is to have.");
  s.field("roles", &AssignmentSet::roles, "In the place of those that there are.")
      .required()
      .max(200);
}

void AssignmentView::describe(Schema<AssignmentView>& s) {
  s.summary("A role that a user has.");
  s.field("role", &AssignmentView::role, "Its name.");
  s.field("scope", &AssignmentView::scope, "Where it counts; `*` everywhere.");
  describe_origin(s);
  s.field("inherited", &AssignmentView::inherited, "Whether it comes with another role.");
  s.field("path", &AssignmentView::path, "Roles, from the one that was given to this one.");
}

void AssignmentList::describe(Schema<AssignmentList>& s) {
  s.summary("The roles of a user.");
  s.field("items", &AssignmentList::items, "All of them.");
  s.field("version", &AssignmentList::version, "The version of all roles and assignments.");
}

void MemberView::describe(Schema<MemberView>& s) {
  s.summary("A user who has the role.");
  s.field("user", &MemberView::user, "The user's id.");
  s.field("scope", &MemberView::scope, "Where it counts; `*` everywhere.");
  describe_origin(s);
}

void MemberList::describe(Schema<MemberList>& s) {
  s.summary("The users who have a role, the oldest first.");
  s.field("items", &MemberList::items, "A page of them.");
  s.field("next", &MemberList::next, "The cursor of the next page.");
}

AssignmentView view_of(const AssignmentRow& row) {
  return {.role = row.role,
          .scope = row.assignment.scope,
          .not_before = maybe_time_text(row.assignment.not_before),
          .expires_at = maybe_time_text(row.assignment.expires),
          .granted_by = row.granted_by,
          .reason = row.reason,
          .created_at = time_text(row.created),
          .path = {row.role}};
}

MemberView member_of(const AssignmentRow& row) {
  return {.user = row.user,
          .scope = row.assignment.scope,
          .not_before = maybe_time_text(row.assignment.not_before),
          .expires_at = maybe_time_text(row.assignment.expires),
          .granted_by = row.granted_by,
          .reason = row.reason,
          .created_at = time_text(row.created)};
}

Wanted wanted_of(const AssignmentBody& body, const std::string& where, Time now) {
  check_scope(body.scope, where + "/scope");
  Wanted wanted{
      .assignment = {.role = 0, .scope = body.scope}, .role = body.role, .reason = body.reason};
  Assignment& given = wanted.assignment;
  given.not_before = time_of_body(body.not_before, where + "/not_before");
  given.expires = time_of_body(body.expires_at, where + "/expires_at");
  const std::string_view fault = fault_of_end(given, now);
  if (!fault.empty()) {
    throw Refusal::of_field(where + "/expires_at", "time_invalid", std::string(fault));
  }
  return wanted;
}

void find_role(Reader& db, Wanted& wanted) {
  const auto role = roles::find(db, wanted.role);
  if (!role) {
    throw Refusal(Status::UnprocessableContent, "role_invalid",
                  "There is no role \"" + wanted.role + "\".");
  }
  wanted.assignment.role = role->number;
}

}  // namespace portico::rbac
