// SPDX-License-Identifier: Apache-2.0
// A statement on a connection to SQLite, prepared once and run many times.
#pragma once

#include "sql/rows.h"
#include <portico/sql.h>

#include <cstddef>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace portico::sql {

/// SQLite would not: the connection knows why.
struct SqliteRefusal {};

class Prepared {
 public:
  /// `connection` must outlive it. Throws SqliteRefusal, and std::logic_error for a statement that
  /// is written wrongly.
  Prepared(const Statement& statement, sqlite3* connection);

  /// How many values it takes.
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Requires values that were checked. Throws SqliteRefusal.
  [[nodiscard]] Rows run(SqlValues values);

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  void bind(int place, const SqlValue& value);
  void add_row(detail::RowsState& rows) const;

  const std::string name_;
  const std::size_t count_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace portico::sql
