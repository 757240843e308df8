// SPDX-License-Identifier: Apache-2.0
// A database of the file's `databases`, by its name there: SQLite or PostgreSQL, with the same
// results. Statements are constants with a name, which metrics and logs show instead of their text:
//
//   constexpr Statement ByEmail{"users.by_email", "SELECT id, name FROM users WHERE email = $1"};
//   constexpr Statement Rename{"users.rename", "UPDATE users SET name = $1 WHERE id = $2"};
//
//   Users(const Config&, Host& host) : sql_(host.sql("main")) {}
//
//   const Rows found = sql_.read([&](Reader& db) { return db.query(ByEmail, {email}); });
//   sql_.write([&](Transaction& db) { db.change(Rename, {name, found[0].text(0)}); });
//
// Everything here waits for the database: in a handler, a job, a tick, from `start` on, and in the
// function of a command; on a loop it throws std::logic_error. While the database is away, every
// call throws at once.
//
// Placeholders are $1, $2 ..., whose first appearances ascend. Columns are BIGINT, SMALLINT
// (flags), TEXT and BLOB (BYTEA); times are BIGINT, microseconds since 1970. Numbers that an
// expression makes are cast to BIGINT.
#pragma once

#include <portico/api.h>
#include <portico/sql_statement.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace portico {

/// Reads. What it throws: SqlError, and std::logic_error for a statement that is written wrongly or
/// gets the wrong number of values.
class PORTICO_API Reader {
 public:
  [[nodiscard]] Rows query(const Statement& statement, SqlValues values);
  [[nodiscard]] Rows query(const Statement& statement, GivenSqlValues values = {}) {
    return query(statement, SqlValues(values.begin(), values.size()));
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

 protected:
  Reader() noexcept = default;
  ~Reader() = default;
};

/// Reads and writes, all of it or nothing. After an SqlError it is lost, whoever caught it: every
/// later statement throws the same one, and so does `write`. For "insert, unless it is there" write
/// ON CONFLICT.
class PORTICO_API Transaction : public Reader {
 public:
  /// Returns how many rows were inserted, updated or deleted.
  std::uint64_t change(const Statement& statement, SqlValues values);
  std::uint64_t change(const Statement& statement, GivenSqlValues values = {}) {
    return change(statement, SqlValues(values.begin(), values.size()));
  }

 protected:
  Transaction() noexcept = default;
  ~Transaction() = default;
};

class PORTICO_API Sql {
 public:
  enum class Engine : std::uint8_t { Sqlite, PostgreSql };

  /// Calls `work` with a session, on a replica where the file names one that is there: what was
  /// just written may not be seen; read it in the transaction. Each statement sees what was
  /// committed when it began. Returns what `work` does. When a session turns out to be broken,
  /// `work` is called once more.
  template <std::invocable<Reader&> Work>
  auto read(Work work) {
    using Value = std::invoke_result_t<Work&, Reader&>;
    if constexpr (std::is_void_v<Value>) {
      call_read(work);
    } else {
      std::optional<Value> result;
      auto keep = [&](Reader& reader) { result.emplace(work(reader)); };
      call_read(keep);
      return Value(*std::move(result));
    }
  }
  /// The same on the main database, never on a replica: for what decides by what was written a
  /// moment ago.
  template <std::invocable<Reader&> Work>
  auto read_main(Work work) {
    using Value = std::invoke_result_t<Work&, Reader&>;
    if constexpr (std::is_void_v<Value>) {
      call_read_main(work);
    } else {
      std::optional<Value> result;
      auto keep = [&](Reader& reader) { result.emplace(work(reader)); };
      call_read_main(keep);
      return Value(*std::move(result));
    }
  }
  /// Calls `work` in a transaction, as if nobody else wrote meanwhile, and commits; when `work`
  /// throws, nothing happened. When others were in the way it is called again, a few times: it
  /// changes nothing but the database. On SQLite one transaction at a time, in the order of coming:
  /// do not wait for anything else in it.
  template <std::invocable<Transaction&> Work>
  auto write(Work work) {
    using Value = std::invoke_result_t<Work&, Transaction&>;
    if constexpr (std::is_void_v<Value>) {
      call_write(work);
    } else {
      std::optional<Value> result;
      auto keep = [&](Transaction& transaction) { result.emplace(work(transaction)); };
      call_write(keep);
      return Value(*std::move(result));
    }
  }

  [[nodiscard]] Engine engine() const noexcept;
  /// Whether it answered when it was last heard of. For reports; calls find out for themselves.
  [[nodiscard]] bool connected() const noexcept;

  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;

 protected:
  Sql() noexcept = default;
  ~Sql() = default;

 private:
  template <class Work>
  void call_read(Work& work) {
    read_any([](void* given, Reader& reader) { (*static_cast<Work*>(given))(reader); }, &work);
  }
  template <class Work>
  void call_read_main(Work& work) {
    read_main_any([](void* given, Reader& reader) { (*static_cast<Work*>(given))(reader); }, &work);
  }
  template <class Work>
  void call_write(Work& work) {
    write_any([](void* given, Transaction& db) { (*static_cast<Work*>(given))(db); }, &work);
  }
  void read_any(void (*work)(void* given, Reader& reader), void* given);
  void read_main_any(void (*work)(void* given, Reader& reader), void* given);
  void write_any(void (*work)(void* given, Transaction& transaction), void* given);
};

}  // namespace portico
