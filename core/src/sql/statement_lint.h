// SPDX-License-Identifier: Apache-2.0
// One statement of a migration: whether both engines know it.
#pragma once

#include "sql/column_lint.h"
#include "sql/tokens.h"

#include <optional>
#include <span>

namespace portico::sql {

/// The first thing that is wrong with it.
[[nodiscard]] std::optional<Fault> fault_of_statement(std::span<const Token> tokens);

}  // namespace portico::sql
