// SPDX-License-Identifier: Apache-2.0
// The placeholders of a statement. SQLite numbers them by their first appearance and PostgreSQL by
// what is written, so both must agree; Poco counts them in literals too, so there are none in
// those.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string_view>

namespace portico::sql {

/// How many values the statement takes, or what is wrong with it.
[[nodiscard]] Result<std::size_t> count_placeholders(std::string_view text);

}  // namespace portico::sql
