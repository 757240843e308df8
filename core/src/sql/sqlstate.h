// SPDX-License-Identifier: Apache-2.0
// The five letters by which PostgreSQL says what went wrong.
#pragma once

#include <portico/sql.h>

#include <string>
#include <string_view>

namespace portico::sql {

[[nodiscard]] SqlError::Kind kind_of_sqlstate(std::string_view state) noexcept;
/// For a log: what PostgreSQL says of a statement's text, but nothing that may quote a value.
[[nodiscard]] std::string sentence_of(std::string_view state, std::string_view message);

}  // namespace portico::sql
