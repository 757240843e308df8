// SPDX-License-Identifier: Apache-2.0
#include "sql/prepared.h"

#include "sql/statement_check.h"

#include <stdexcept>

#include <sqlite3.h>

namespace portico::sql {
namespace {

/// Whatever happens, the statement lets go of what it read, and the error stays with the
/// connection.
class Running {
 public:
  explicit Running(sqlite3_stmt* statement) noexcept : statement_(statement) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { ::sqlite3_reset(statement_); }

 private:
  sqlite3_stmt* const statement_;
};

}  // namespace

void Prepared::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  ::sqlite3_finalize(statement);
}

Prepared::Prepared(const Statement& statement, sqlite3* connection)
    : name_(statement.name), count_(checked_count(statement)) {
  sqlite3_stmt* made = nullptr;
  const int code = ::sqlite3_prepare_v3(connection, statement.text.data(),
                                        static_cast<int>(statement.text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement_.reset(made);
  if (code != SQLITE_OK) throw SqliteRefusal();
  if (made == nullptr) throw std::logic_error(name_ + ": this is no statement");
}

/// Values last until the statement has run.
void Prepared::bind(int place, const SqlValue& value) {
  sqlite3_stmt* const to = statement_.get();
  int code = SQLITE_OK;
  switch (value.kind) {
    case SqlValue::Kind::Nothing: code = ::sqlite3_bind_null(to, place); break;
    case SqlValue::Kind::Integer: code = ::sqlite3_bind_int64(to, place, value.integer); break;
    case SqlValue::Kind::Text:
      // A null pointer would be a null.
      code = ::sqlite3_bind_text64(to, place, value.bytes.empty() ? "" : value.bytes.data(),
                                   value.bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
      break;
    case SqlValue::Kind::Blob:
      code = value.bytes.empty() ? ::sqlite3_bind_zeroblob(to, place, 0)
                                 : ::sqlite3_bind_blob64(to, place, value.bytes.data(),
                                                         value.bytes.size(), SQLITE_STATIC);
      break;
  }
  if (code != SQLITE_OK) throw SqliteRefusal();
}

/// Numbers as texts too, as PostgreSQL gives them.
void Prepared::add_row(detail::RowsState& rows) const {
  sqlite3_stmt* const from = statement_.get();
  for (int column = 0; column < static_cast<int>(rows.columns); ++column) {
    if (::sqlite3_column_type(from, column) == SQLITE_NULL) {
      rows.add_null();
      continue;
    }
    const auto* const bytes = static_cast<const char*>(::sqlite3_column_blob(from, column));
    const int size = ::sqlite3_column_bytes(from, column);
    rows.add(size == 0 ? std::string_view()
                       : std::string_view(bytes, static_cast<std::size_t>(size)));
  }
}

Rows Prepared::run(SqlValues values) {
  sqlite3_stmt* const running = statement_.get();
  const Running until_done(running);
  int place = 0;
  for (const SqlValue& value : values) bind(++place, value);
  auto rows = std::make_unique<detail::RowsState>();
  rows->statement = name_;
  int code = ::sqlite3_step(running);
  // After the first step: a table may have changed since it was prepared.
  rows->columns = static_cast<std::size_t>(::sqlite3_column_count(running));
  for (; code == SQLITE_ROW; code = ::sqlite3_step(running)) add_row(*rows);
  if (code != SQLITE_DONE) throw SqliteRefusal();
  rows->finish();
  return Rows(rows.release());
}

}  // namespace portico::sql
