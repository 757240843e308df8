// SPDX-License-Identifier: Apache-2.0
// A connection to a PostgreSQL, by its own client.
#pragma once

#include "sql/options.h"

#include <chrono>
#include <memory>
#include <string>

struct pg_conn;

namespace portico::sql {

struct FinishConnection {
  void operator()(pg_conn* connection) const noexcept;
};
using Connection = std::unique_ptr<pg_conn, FinishConnection>;

/// Whether libpq has a setting of that name.
[[nodiscard]] bool knows_parameter(const std::string& name);

/// Within this time. Throws SqlError, with what the server said.
[[nodiscard]] Connection connect(const Place& place, std::chrono::milliseconds patience);

}  // namespace portico::sql
