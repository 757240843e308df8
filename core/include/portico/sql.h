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

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace portico {

namespace detail {
struct RowsState;
struct RowState;
struct SqlErrorState;
}  // namespace detail

/// One statement. Both texts are constants: they live as long as the plugin.
struct Statement {
  std::string_view name;  ///< "users.by_email": small letters, digits, '_' and '.'.
  std::string_view text;
};

/// One step of a plugin's tables (Registrar::migrations). All texts are constants. A step that was
/// published never changes: what comes later is a step of its own.
///
///   constexpr std::array Steps{Migration{
///       .number = 1,
///       .name = "users",
///       .up = "CREATE TABLE users (id TEXT PRIMARY KEY, since BIGINT NOT NULL)",
///       .down = "DROP TABLE users"}};
struct Migration {
  std::uint32_t number;   ///< From 1, without gaps.
  std::string_view name;  ///< "users": small letters, digits and '_'.
  /// Statements with ';' between them, the same for both engines: CREATE, ALTER and DROP of tables,
  /// indexes and views, INSERT, UPDATE, DELETE. BLOB becomes BYTEA on PostgreSQL. A number that
  /// counts by itself is BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY.
  std::string_view up;
  std::string_view down;  ///< Undoes it; empty where that cannot be done.
};

/// What is put in the place of $1. Texts and blobs are views: they outlive the call that they are
/// handed to. A text holds no NUL.
struct SqlValue {
  enum class Kind : std::uint8_t { Nothing, Integer, Text, Blob };

  // NOLINTBEGIN(google-explicit-constructor): values are written as what they are
  constexpr SqlValue(std::nullopt_t) noexcept {}
  template <std::integral T>
  constexpr SqlValue(T value) noexcept
      : kind(Kind::Integer), integer(static_cast<std::int64_t>(value)) {}
  constexpr SqlValue(std::string_view value) noexcept : kind(Kind::Text), bytes(value) {}
  constexpr SqlValue(const char* value) noexcept : SqlValue(std::string_view(value)) {}
  SqlValue(const std::string& value) noexcept : SqlValue(std::string_view(value)) {}
  template <class T>
    requires std::is_convertible_v<const T&, std::span<const std::byte>>
  SqlValue(const T& value) noexcept : kind(Kind::Blob) {
    const std::span<const std::byte> given(value);
    bytes = {reinterpret_cast<const char*>(given.data()), given.size()};
  }
  template <class T>
  SqlValue(const std::optional<T>& value) noexcept
      : SqlValue(value ? SqlValue(*value) : SqlValue(std::nullopt)) {}
  // NOLINTEND(google-explicit-constructor)

  Kind kind = Kind::Nothing;
  std::int64_t integer = 0;
  std::string_view bytes;
};

/// What went wrong, without any value of the statement: fit for a log.
class PORTICO_API SqlError : public std::exception {
 public:
  enum class Kind : std::uint8_t {
    Unavailable,     ///< The database is away. Nothing was changed.
    Busy,            ///< No session came free in time, or another process holds the database.
    TimedOut,        ///< The statement took too long.
    Serialisation,   ///< Others were in the way, again and again.
    OutcomeUnknown,  ///< The connection was lost in the commit: it may have been done.
    UniqueViolation,
    ForeignKeyViolation,
    NotNullViolation,
    CheckViolation,
    Refused,  ///< Anything else that the database said no to.
  };

  /// `statement` may be empty.
  SqlError(Kind kind, std::string_view statement, std::string_view sentence);
  SqlError(const SqlError& other) noexcept;
  SqlError& operator=(const SqlError& other) noexcept;
  ~SqlError() override;

  [[nodiscard]] Kind kind() const noexcept;
  /// The name of the statement that failed; empty where it was none.
  [[nodiscard]] std::string_view statement() const noexcept;
  [[nodiscard]] const char* what() const noexcept override;
  /// Nothing was changed, and later it may go well: what a handler answers with 503.
  [[nodiscard]] bool transient() const noexcept { return kind() <= Kind::Serialisation; }

 private:
  detail::SqlErrorState* state_;
};

/// One row. Valid as long as its `Rows`. Columns count from 0; what asks for a column that is not
/// there, or for a null by another name than `maybe_`, throws std::logic_error.
class PORTICO_API Row {
 public:
  [[nodiscard]] bool null(std::size_t column) const;
  /// Of a BIGINT or SMALLINT.
  [[nodiscard]] std::int64_t integer(std::size_t column) const;
  [[nodiscard]] bool flag(std::size_t column) const { return integer(column) != 0; }
  [[nodiscard]] std::string_view text(std::size_t column) const;
  [[nodiscard]] std::span<const std::byte> blob(std::size_t column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional(integer(column));
  }
  [[nodiscard]] std::optional<std::string_view> maybe_text(std::size_t column) const {
    return null(column) ? std::nullopt : std::optional(text(column));
  }

 private:
  friend class Rows;
  explicit Row(const detail::RowState* state) noexcept : state_(state) {}

  const detail::RowState* state_;
};

/// What a query found. Owns its values.
class PORTICO_API Rows {
 public:
  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t index) noexcept : rows_(rows), index_(index) {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() noexcept {
      ++index_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Rows* rows_;
    std::size_t index_;
  };

  explicit Rows(detail::RowsState* state) noexcept : state_(state) {}
  Rows(Rows&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  Rows& operator=(Rows&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~Rows();

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }
  /// Throws std::logic_error past the end.
  [[nodiscard]] Row operator[](std::size_t index) const;
  [[nodiscard]] Iterator begin() const noexcept { return {this, 0}; }
  [[nodiscard]] Iterator end() const noexcept { return {this, size()}; }

 private:
  detail::RowsState* state_;
};

using SqlValues = std::span<const SqlValue>;
using GivenSqlValues = std::initializer_list<SqlValue>;

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
