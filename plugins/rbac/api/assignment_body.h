// SPDX-License-Identifier: Apache-2.0
// Roles of users as bodies have them.
#pragma once

#include "model/assignment.h"
#include "store/assignments.h"
#include "store/time.h"
#include <portico/schema.h>
#include <portico/sql.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

struct AssignmentBody {
  std::string role;
  std::string scope = "*";
  std::optional<std::string> not_before;
  std::optional<std::string> expires_at;
  std::optional<std::string> reason;

  static void describe(Schema<AssignmentBody>& s);
  /// Its fields, also of a body that has more.
  template <class Body>
  static void describe_fields(Schema<Body>& s);
};

template <class Body>
void AssignmentBody::describe_fields(Schema<Body>& s) {
  s.field("role", &Body::role, "Its name.").required();
  s.field("scope", &Body::scope, "Where it counts; `*` everywhere.");
  s.field("not_before", &Body::not_before, "From when on, in RFC 3339.");
  s.field("expires_at", &Body::expires_at, "Until when, in RFC 3339: within a year from now.");
  s.field("reason", &Body::reason, "Why, for whoever looks at it later.").max(500);
}

/// All that a user is to have.
struct AssignmentSet {
  std::vector<AssignmentBody> roles;

  static void describe(Schema<AssignmentSet>& s);
};

/// A role that a user has, directly or because another one has it too.
struct AssignmentView {
  std::string role;
  std::string scope;
  std::optional<std::string> not_before;
  std::optional<std::string> expires_at;
  std::optional<std::string> granted_by;
  std::optional<std::string> reason;
  std::optional<std::string> created_at;
  bool inherited = false;
  std::vector<std::string> path;

  static void describe(Schema<AssignmentView>& s);
};

struct AssignmentList {
  std::vector<AssignmentView> items;
  std::int64_t version = 0;

  static void describe(Schema<AssignmentList>& s);
};

/// A user who has a role.
struct MemberView {
  std::string user;
  std::string scope;
  std::optional<std::string> not_before;
  std::optional<std::string> expires_at;
  std::optional<std::string> granted_by;
  std::optional<std::string> reason;
  std::string created_at;

  static void describe(Schema<MemberView>& s);
};

struct MemberList {
  std::vector<MemberView> items;
  std::optional<std::string> next;

  static void describe(Schema<MemberList>& s);
};

[[nodiscard]] AssignmentView view_of(const AssignmentRow& row);
[[nodiscard]] MemberView member_of(const AssignmentRow& row);

/// An assignment that is wanted.
struct Wanted {
  Assignment assignment;
  std::string role;  ///< Its name.
  std::optional<std::string> reason;
};
/// Throws Refusal, 422, with where it stands. What it says of the role's number, the database
/// knows.
[[nodiscard]] Wanted wanted_of(const AssignmentBody& body, const std::string& where, Time now);
/// Puts the number of the role in; throws Refusal, 422, where there is none.
void find_role(Reader& db, Wanted& wanted);

}  // namespace portico::rbac
