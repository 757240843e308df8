// SPDX-License-Identifier: Apache-2.0
// The roles that the file declares, and those that are always there, written into the database as
// the gateway starts: once for each wording. A role whose words are those that were written last is
// not touched, so that what was changed by the API lasts until the file says something else. What
// the file no longer names stays.
#pragma once

#include "model/role.h"
#include "store/time.h"
#include <portico/sql.h>

#include <span>
#include <string>
#include <vector>

namespace portico::rbac {

/// A role of the file. Patterns and conditions were checked when the file was read.
struct SeedRole {
  std::string name;
  std::string description;
  std::vector<std::string> parents;  ///< By name: of the file, or in the database.
  std::vector<Grant> grants;
};

/// Makes `admin`, `manager`, `user` and `service` where they are not there, and writes the roles of
/// the file. True where anything was written; then the version was raised. Throws
/// std::runtime_error, with a sentence, for roles that cannot be: a parent that does not exist, a
/// cycle, more than 10 levels, another `admin`.
bool apply_seed(Transaction& db, std::span<const SeedRole> roles, Time now);

}  // namespace portico::rbac
