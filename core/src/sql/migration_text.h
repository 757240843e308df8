// SPDX-License-Identifier: Apache-2.0
// The text of a migration, which is one for both engines, as the statements of one of them.
#pragma once

#include "base/result.h"
#include "sql/options.h"
#include "sql/tokens.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::sql {

/// The tokens between semicolons; none of them is empty.
[[nodiscard]] std::vector<std::span<const Token>> split_statements(std::span<const Token> tokens);

/// How many tokens, from the first on, say BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY: all of
/// these or 0.
[[nodiscard]] std::size_t identity_length(std::span<const Token> tokens) noexcept;

/// Statements for `engine`, in their order. The error is that of `tokens_of`.
[[nodiscard]] Result<std::vector<std::string>> statements_for(Engine engine, std::string_view text);

/// What stays the same as long as the step does: the SHA-256 of its `up`.
[[nodiscard]] std::string checksum_of(const Migration& step);

}  // namespace portico::sql
