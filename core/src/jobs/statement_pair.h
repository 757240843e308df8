// SPDX-License-Identifier: Apache-2.0
// One statement, as each engine has it: where one of them has no words that the other one knows.
#pragma once

#include "sql/options.h"
#include <portico/sql_statement.h>

namespace portico::jobs {

struct StatementPair {
  Statement sqlite;
  Statement postgres;

  [[nodiscard]] constexpr const Statement& on(sql::Engine engine) const noexcept {
    return engine == sql::Engine::Sqlite ? sqlite : postgres;
  }
};

}  // namespace portico::jobs
