// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.h"

#include <array>

namespace portico::rbac {
namespace {

// A number is given once and never again, so that what some cache still holds of a role that is
// gone is nobody else's. `seed_digest` is of the file's words that were written here last.
constexpr Migration Roles{.number = 1,
                          .name = "roles",
                          .up = R"sql(
CREATE TABLE rbac_roles (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  is_system SMALLINT NOT NULL DEFAULT 0,
  origin TEXT NOT NULL CHECK (origin IN ('api', 'file')),
  seed_digest TEXT,
  row_version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE TABLE rbac_role_parents (
  role BIGINT NOT NULL REFERENCES rbac_roles (number) ON DELETE CASCADE,
  parent BIGINT NOT NULL REFERENCES rbac_roles (number) ON DELETE CASCADE,
  PRIMARY KEY (role, parent),
  CHECK (role <> parent)
);
CREATE INDEX rbac_role_parents_parent ON rbac_role_parents (parent);
CREATE TABLE rbac_grants (
  role BIGINT NOT NULL REFERENCES rbac_roles (number) ON DELETE CASCADE,
  pattern TEXT NOT NULL,
  effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')),
  condition TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (role, pattern, effect)
)
)sql",
                          .down =
                              "DROP TABLE rbac_grants; DROP TABLE rbac_role_parents; "
                              "DROP TABLE rbac_roles"};

// What applications say that there is, for whoever composes roles: a decision does not ask it.
constexpr Migration Permissions{.number = 2,
                                .name = "permissions",
                                .up = R"sql(
CREATE TABLE rbac_permissions (
  name TEXT NOT NULL PRIMARY KEY,
  description TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL
)
)sql",
                                .down = "DROP TABLE rbac_permissions"};

// A user has no foreign key: users are another plugin's, or another service's. An assignment that
// changes gets another id, so that the ids of a user's are the state of that set.
constexpr Migration Assignments{.number = 3,
                                .name = "assignments",
                                .up = R"sql(
CREATE TABLE rbac_assignments (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL,
  role BIGINT NOT NULL REFERENCES rbac_roles (number) ON DELETE CASCADE,
  scope TEXT NOT NULL DEFAULT '*',
  not_before BIGINT,
  expires_at BIGINT,
  granted_by TEXT,
  reason TEXT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX rbac_assignments_user ON rbac_assignments (user_id, role, scope);
CREATE INDEX rbac_assignments_role ON rbac_assignments (role, id);
CREATE INDEX rbac_assignments_expires ON rbac_assignments (expires_at) WHERE expires_at IS NOT NULL
)sql",
                                .down = "DROP TABLE rbac_assignments"};

// Every change of roles or assignments raises the one row's version: whoever does so waits for the
// one before, so that versions are seen in their order and without gaps. A change without a user is
// one of roles. `administrators_taken`: those of `portico admin create` were given the role.
constexpr Migration State{.number = 4,
                          .name = "state",
                          .up = R"sql(
CREATE TABLE rbac_state (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL,
  administrators_taken SMALLINT NOT NULL DEFAULT 0
);
INSERT INTO rbac_state (id, version) VALUES (1, 1);
CREATE TABLE rbac_changes (
  version BIGINT NOT NULL PRIMARY KEY,
  user_id TEXT,
  at BIGINT NOT NULL
)
)sql",
                          .down = "DROP TABLE rbac_changes; DROP TABLE rbac_state"};

// Ids are UUIDs of version 7: lists go by them, the newest first. Names and not numbers, for what
// was decided outlives the role by which it was.
constexpr Migration Decisions{.number = 5,
                              .name = "decisions",
                              .up = R"sql(
CREATE TABLE rbac_decisions (
  id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  permission TEXT NOT NULL,
  scope TEXT NOT NULL,
  resource TEXT,
  allowed SMALLINT NOT NULL,
  reason TEXT NOT NULL,
  role TEXT,
  version BIGINT NOT NULL,
  request_id TEXT
);
CREATE INDEX rbac_decisions_at ON rbac_decisions (at);
CREATE INDEX rbac_decisions_user ON rbac_decisions (user_id, id);
CREATE INDEX rbac_decisions_permission ON rbac_decisions (permission, id)
)sql",
                              .down = "DROP TABLE rbac_decisions"};

constexpr std::array Steps{Roles, Permissions, Assignments, State, Decisions};

}  // namespace

std::span<const Migration> migrations() noexcept { return Steps; }

}  // namespace portico::rbac
