// SPDX-License-Identifier: Apache-2.0
// The roles of the file: as they go into the database, or into the book where there is none.
#pragma once

#include "model/role.h"
#include "settings.h"
#include "store/seed.h"

#include <vector>

namespace portico::rbac {

[[nodiscard]] std::vector<SeedRole> seeds_of(const Config& config);

/// With numbers of their own, and beside `admin`, who may do everything. Throws
/// std::invalid_argument, with a sentence, where they cannot be: a circle, more than ten levels,
/// another `admin`; and, where there is no database that could have it, for a parent that is not
/// among them.
[[nodiscard]] std::vector<Role> roles_of_file(const Config& config);

}  // namespace portico::rbac
