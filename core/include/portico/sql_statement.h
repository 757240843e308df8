// SPDX-License-Identifier: Apache-2.0
// What a database is told, and what it says: statements, migrations, values, rows, errors. The
// database itself, and how all of this is used, is in sql.h.
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
    /// A text has a NUL in it or is not UTF-8; nothing was asked. What a handler answers with 422.
    BadText,
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

}  // namespace portico
