// SPDX-License-Identifier: Apache-2.0
// A session of PostgreSQL. Transactions are SERIALIZABLE, so that they give what SQLite's one
// writer gives; sessions for reading cannot write.
//
// By libpq itself: the connector of Poco::Data 1.11 frees a result twice when a statement that went
// well once fails the next time, leaks connections that fail or break, cannot pass on a password
// with a blank, and asks the server four times for each statement.
#pragma once

#include "sql/postgres_connection.h"
#include "sql/session.h"
#include "sql/statements.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct pg_result;

namespace portico::sql {

class PostgresSession final : public Session {
 public:
  PostgresSession(const Place& place, const Timing& timing, Use use);

  Outcome run(const Statement& statement, SqlValues values) override;
  void begin() override;
  void commit() override;
  void roll_back() noexcept override;
  bool answers() noexcept override;
  bool sound() const noexcept override;

 private:
  struct ClearResult {
    void operator()(pg_result* result) const noexcept;
  };
  using Answer = std::unique_ptr<pg_result, ClearResult>;
  struct Prepared {
    std::string name;
    std::size_t count;
  };

  /// Both throw for an error.
  [[nodiscard]] Answer checked(pg_result* result, std::string_view statement);
  Answer say(const char* text);
  void settle(const Timing& timing, Use use);
  [[nodiscard]] const Prepared& prepared(const Statement& statement);
  [[nodiscard]] Answer execute(const Prepared& prepared, const Statement& statement,
                               SqlValues values);

  const Connection connection_;
  Statements<Prepared> statements_;
  std::uint64_t names_ = 0;
  bool sound_ = true;
};

}  // namespace portico::sql
