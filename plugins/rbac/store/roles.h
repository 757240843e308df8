// SPDX-License-Identifier: Apache-2.0
// The roles, and what makes one up. Whoever calls has checked what goes in (model/permission.h,
// model/role_graph.h); a change raises the version (versions.h) in the same transaction. Any thread
// that may block; what throws is SqlError.
#pragma once

#include "model/role.h"
#include "store/time.h"
#include <portico/sql.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

/// The role that may do everything, which nobody changes.
inline constexpr std::string_view AdminRole = "admin";

/// A role without what it gives.
struct RoleRow {
  std::int64_t number = 0;
  std::string name;
  std::string description;
  bool system = false;
  bool of_file = false;  ///< Made by the file's `roles`.
  std::string seed_digest;
  std::int64_t version = 1;
  Time created{0};
  Time updated{0};
};

struct NewRole {
  std::string_view name;
  std::string_view description{};
  bool system = false;
  /// Of a role of the file.
  std::optional<std::string_view> seed_digest{};
};

/// A role that another one inherits from.
struct Parent {
  std::int64_t number;
  std::string name;
};

namespace roles {

/// All of them, whole, by their numbers.
[[nodiscard]] std::vector<Role> all(Reader& db);
/// One, whole.
[[nodiscard]] std::optional<Role> whole(Reader& db, std::string_view name);
[[nodiscard]] std::optional<RoleRow> find(Reader& db, std::string_view name);
/// By name; `after` is that of the last one of the page before.
[[nodiscard]] std::vector<RoleRow> page(Reader& db, std::string_view after, std::size_t limit);
[[nodiscard]] std::vector<Parent> parents(Reader& db, std::int64_t role);

/// Who stands in the way of deleting it: some user has it, or some role inherits from it.
[[nodiscard]] bool in_use(Reader& db, std::int64_t role);

/// The new number; nothing where the name is taken.
[[nodiscard]] std::optional<std::int64_t> add(Transaction& db, const NewRole& role, Time now);
/// Raises the role's own version, for ETags.
void touch(Transaction& db, std::int64_t role, Time now);
void describe(Transaction& db, std::int64_t role, std::string_view description);
/// What the file says of it now.
void mark_seed(Transaction& db, std::int64_t role, std::string_view digest);
/// In the place of those it had.
void set_parents(Transaction& db, std::int64_t role, std::span<const std::int64_t> parents);
/// With its grants and assignments, and from among the parents of others.
void remove(Transaction& db, std::int64_t role);

}  // namespace roles
}  // namespace portico::rbac
