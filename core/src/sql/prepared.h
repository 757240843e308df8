// SPDX-License-Identifier: Apache-2.0
// A statement on a SQLite session of Poco::Data, prepared once and run many times. `Prepared`
// stands on the connector's own statement, because what is made by Poco::Data::Statement
//   - is compiled anew for each run,
//   - takes each value by the type that its variable has, and an absent one for "" or 0,
//   - reads a column by its declared type: an INT with 32 bits, a text up to its first NUL.
#pragma once

#include "sql/rows.h"
#include <portico/sql.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <Poco/Data/AbstractBinder.h>
#include <Poco/Data/AbstractBinding.h>
#include <Poco/Data/AbstractExtraction.h>
#include <Poco/Data/AbstractExtractor.h>
#include <Poco/Data/LOB.h>
#include <Poco/Data/SQLite/SQLiteStatementImpl.h>
#include <Poco/Data/SQLite/SessionImpl.h>

namespace portico::sql {

/// Hands the values of a run over, each as what it is.
class ValueBinding final : public Poco::Data::AbstractBinding {
 public:
  explicit ValueBinding(std::size_t count) : count_(count) {}

  void take(SqlValues values) noexcept { values_ = values; }
  /// What SQLite made of the statement.
  void bind_to(sqlite3_stmt* statement) noexcept { statement_ = statement; }

  std::size_t numOfColumnsHandled() const override { return count_; }
  std::size_t numOfRowsHandled() const override { return 1; }
  // Always: the SQLite connector goes back to its first binding only while this holds.
  bool canBind() const override { return true; }
  void bind(std::size_t position) override;
  void reset() override {}

 private:
  void bind_empty_blob(std::size_t position);

  const std::size_t count_;
  SqlValues values_;
  sqlite3_stmt* statement_ = nullptr;
  // What connectors refer to until the statement has run.
  std::deque<std::string> texts_;
  std::deque<Poco::Data::BLOB> blobs_;
  std::deque<Poco::Int64> integers_;
};

/// Takes whole rows.
class RowExtraction final : public Poco::Data::AbstractExtraction {
 public:
  explicit RowExtraction(std::string statement) : statement_(std::move(statement)) {}

  void expect(std::size_t columns) noexcept { columns_ = columns; }
  [[nodiscard]] std::unique_ptr<detail::RowsState> finish();

  std::size_t numOfColumnsHandled() const override { return columns_; }
  std::size_t numOfRowsHandled() const override { return 1; }
  std::size_t numOfRowsAllowed() const override { return getLimit(); }
  std::size_t extract(std::size_t position) override;
  void reset() override;
  Poco::Data::AbstractPreparation::Ptr createPreparation(PreparatorPtr&, std::size_t) override {
    throw std::logic_error("no connector prepares extractions");
  }

 private:
  const std::string statement_;
  std::size_t columns_ = 0;
  std::unique_ptr<detail::RowsState> rows_;
};

class Prepared final : public Poco::Data::SQLite::SQLiteStatementImpl {
 public:
  Prepared(const Statement& statement, Poco::Data::SQLite::SessionImpl& session, sqlite3* handle);

  /// How many values it takes.
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Requires values that were checked. Throws what Poco throws.
  [[nodiscard]] Rows run(SqlValues values);

 private:
  void compileImpl() override;
  [[nodiscard]] sqlite3_stmt* compiled() const;
  /// Values are bound once for each run.
  bool canBind() const override { return false; }

  sqlite3* const handle_;
  const std::string text_;
  const std::size_t count_;
  Poco::SharedPtr<ValueBinding> binding_;
  Poco::SharedPtr<RowExtraction> extraction_;
  bool compiled_ = false;
};

}  // namespace portico::sql
