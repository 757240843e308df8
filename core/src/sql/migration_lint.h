// SPDX-License-Identifier: Apache-2.0
// Whether a plugin's migrations can be the same on both engines, and go on from one another: what
// `portico check` says of them, without any database.
#pragma once

#include "sql/column_lint.h"
#include <portico/sql.h>

#include <span>
#include <vector>

namespace portico::sql {

/// In the order of the steps. What is empty has been found fine; each `what` begins with the step:
/// "migration 2 (entries): ...".
[[nodiscard]] std::vector<Fault> faults_of(std::span<const Migration> steps);

}  // namespace portico::sql
