// SPDX-License-Identifier: Apache-2.0
// A loop of statements without anything around it, on libsqlite3 at synchronous FULL or on libpq:
// prepared once, in one transaction at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>
#include <sqlite3.h>

namespace portico::bench {

using Value = std::optional<std::string>;

class Bare {
 public:
  Bare() = default;
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  virtual ~Bare() = default;

  /// The parameters are $1, $2 and so on, in the order of their first appearance.
  [[nodiscard]] virtual std::size_t prepare(const std::string& text) = 0;
  virtual void step(std::size_t which, const std::vector<Value>& values) = 0;
  virtual void begin() = 0;
  virtual void commit() = 0;
};

class BareSqlite final : public Bare {
 public:
  explicit BareSqlite(const std::string& path) {
    check(::sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
    for (const char* const pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"}) {
      check(::sqlite3_exec(db_, pragma, nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
  }
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;
  ~BareSqlite() override {
    for (sqlite3_stmt* const each : prepared_) ::sqlite3_finalize(each);
    ::sqlite3_close(db_);
  }

  std::size_t prepare(const std::string& text) override {
    sqlite3_stmt* made = nullptr;
    check(::sqlite3_prepare_v2(db_, text.c_str(), -1, &made, nullptr) == SQLITE_OK);
    prepared_.push_back(made);
    return prepared_.size() - 1;
  }
  void step(std::size_t which, const std::vector<Value>& values) override {
    sqlite3_stmt* const statement = prepared_[which];
    int at = 0;
    for (const Value& value : values) {
      ++at;
      if (!value) {
        ::sqlite3_bind_null(statement, at);
        continue;
      }
      ::sqlite3_bind_text(statement, at, value->data(), static_cast<int>(value->size()),
                          SQLITE_STATIC);
    }
    while (::sqlite3_step(statement) == SQLITE_ROW) continue;
    check(::sqlite3_reset(statement) == SQLITE_OK);
  }
  void begin() override { step(begin_, {}); }
  void commit() override { step(commit_, {}); }

 private:
  void check(bool fine) const {
    if (!fine) throw std::runtime_error(::sqlite3_errmsg(db_));
  }

  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> prepared_;
  std::size_t begin_ = 0;
  std::size_t commit_ = 0;
};

class BarePostgres final : public Bare {
 public:
  explicit BarePostgres(const std::string& url) : db_(::PQconnectdb(url.c_str())) {
    if (::PQstatus(db_.get()) != CONNECTION_OK) throw std::runtime_error("no database");
  }

  std::size_t prepare(const std::string& text) override {
    const std::string name = std::to_string(prepared_);
    take(::PQprepare(db_.get(), name.c_str(), text.c_str(), 0, nullptr));
    return prepared_++;
  }
  void step(std::size_t which, const std::vector<Value>& values) override {
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const Value& value : values) texts.push_back(value ? value->c_str() : nullptr);
    const std::string name = std::to_string(which);
    take(::PQexecPrepared(db_.get(), name.c_str(), static_cast<int>(texts.size()), texts.data(),
                          nullptr, nullptr, 0));
  }
  void begin() override { take(::PQexec(db_.get(), "BEGIN ISOLATION LEVEL SERIALIZABLE")); }
  void commit() override { take(::PQexec(db_.get(), "COMMIT")); }

 private:
  struct Finish {
    void operator()(PGconn* connection) const noexcept { ::PQfinish(connection); }
  };

  void take(PGresult* result) const {
    const ExecStatusType status = ::PQresultStatus(result);
    ::PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(::PQerrorMessage(db_.get()));
    }
  }

  std::unique_ptr<PGconn, Finish> db_;
  std::size_t prepared_ = 0;
};

[[nodiscard]] inline std::unique_ptr<Bare> bare_loop(const std::string& url) {
  constexpr std::string_view File = "sqlite:";
  if (url.starts_with(File)) return std::make_unique<BareSqlite>(url.substr(File.size()));
  return std::make_unique<BarePostgres>(url);
}

}  // namespace portico::bench
