// SPDX-License-Identifier: Apache-2.0
// Roles and grants as bodies have them.
#pragma once

#include "api/free_json.h"
#include "shared/json_out.h"
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

/// Of a permission that stands in the path.
struct GrantTerms {
  std::string effect = "allow";
  FreeJson condition;

  static void describe(Schema<GrantTerms>& s);
};

struct GrantBody {
  std::string permission;
  std::string effect = "allow";
  FreeJson condition;

  static void describe(Schema<GrantBody>& s);
};

/// What a role is made of. PUT takes what is not there for nothing, PATCH leaves it as it is.
struct RoleBody {
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> parents;
  std::optional<std::vector<GrantBody>> permissions;

  static void describe(Schema<RoleBody>& s);
};

struct NewRoleBody : RoleBody {
  std::string name;

  static void describe(Schema<NewRoleBody>& s);
};

/// A role in a list.
struct RoleSummary {
  std::string name;
  std::string description;
  bool system = false;
  std::string origin;
  std::string created_at;
  std::string updated_at;

  static void describe(Schema<RoleSummary>& s);
};

struct RoleList {
  std::vector<RoleSummary> items;
  std::optional<std::string> next;

  static void describe(Schema<RoleList>& s);
};

/// A role by itself.
struct RoleView : RoleSummary {
  std::vector<std::string> parents;
  std::vector<GrantBody> permissions;
  std::int64_t version = 0;

  static void describe(Schema<RoleView>& s);
  void write(JsonOut& out) const;
};

}  // namespace portico::rbac
