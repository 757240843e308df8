// SPDX-License-Identifier: Apache-2.0
// The plugin's tables. Times are microseconds since 1970.
#pragma once

#include <portico/sql_statement.h>

#include <span>

namespace portico::notify {

[[nodiscard]] std::span<const Migration> migrations() noexcept;

}  // namespace portico::notify
