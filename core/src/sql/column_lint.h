// SPDX-License-Identifier: Apache-2.0
// The definition of a column in a migration: whether both engines mean the same by it.
#pragma once

#include "sql/tokens.h"

#include <optional>
#include <span>
#include <string>

namespace portico::sql {

/// What is wrong with a migration, and what to write instead.
struct Fault {
  std::string what;
  std::string remedy;
};

/// `tokens` are those of one column, from its name to before the comma: `since BIGINT NOT NULL`.
[[nodiscard]] std::optional<Fault> fault_of_column(std::span<const Token> tokens);

/// A table's, column's or index's name.
[[nodiscard]] std::optional<Fault> fault_of_name(const Token& name);

}  // namespace portico::sql
