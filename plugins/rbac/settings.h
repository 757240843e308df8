// SPDX-License-Identifier: Apache-2.0
// `plugins.rbac`.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace portico::rbac {

/// An item of a role's `permissions`.
struct GrantSettings {
  std::string allow;
  std::string deny;
  std::string when;

  static void describe(Schema<GrantSettings>& s);
};

/// A role of the file.
struct RoleSettings {
  std::string description;
  std::vector<std::string> parents;
  std::vector<GrantSettings> permissions;

  static void describe(Schema<RoleSettings>& s);
};

/// Who has which roles, as far as it was looked up already.
struct CacheSettings {
  std::size_t users = 100'000;

  static void describe(Schema<CacheSettings>& s);
};

/// What is kept of decisions, in the database.
struct DecisionSettings {
  double allowed = 0.01;
  std::chrono::hours keep{24 * 30};

  static void describe(Schema<DecisionSettings>& s);
};

struct Config {
  std::string database;
  std::string redis;
  std::map<std::string, RoleSettings> roles;
  std::string default_role = "user";
  std::string users_of;
  std::vector<std::string> trust_roles_of;
  bool strict = false;
  std::chrono::seconds staleness{30};
  CacheSettings cache;
  DecisionSettings decisions;

  static void describe(Schema<Config>& s);
};

}  // namespace portico::rbac
