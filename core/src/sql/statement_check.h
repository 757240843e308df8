// SPDX-License-Identifier: Apache-2.0
// What a statement lacks, or its values do, before it is sent.
#pragma once

#include <portico/sql.h>

#include <cstddef>

namespace portico::sql {

/// How many values it takes. Throws std::logic_error for what its author is to repair.
[[nodiscard]] std::size_t checked_count(const Statement& statement);
/// Throws std::logic_error where there are more or fewer, and SqlError for a text with a NUL:
/// PostgreSQL's client would hand over what stands before it, and say nothing.
void check_values(const Statement& statement, std::size_t count, SqlValues values);

}  // namespace portico::sql
