// SPDX-License-Identifier: Apache-2.0
// A session of SQLite: write-ahead log, every commit on disk, foreign keys. Sessions for reading
// cannot write; one that writes says so when it begins, so that it never has to give up in the
// middle.
#pragma once

#include "sql/prepared.h"
#include "sql/session.h"
#include "sql/statements.h"

#include <chrono>
#include <memory>
#include <string_view>

struct sqlite3;

namespace portico::sql {

class SqliteSession final : public Session {
 public:
  SqliteSession(const Place& place, const Timing& timing, Use use);

  Outcome run(const Statement& statement, SqlValues values) override;
  void begin() override;
  void commit() override;
  void roll_back() noexcept override;
  bool answers() noexcept override;
  bool sound() const noexcept override { return sound_; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };

  static int on_progress(void* self) noexcept;
  [[nodiscard]] Prepared& prepared(const Statement& statement);
  void say(std::string_view name, std::string_view text);
  [[noreturn]] void fail(std::string_view statement);

  const Use use_;
  const std::chrono::milliseconds patience_;
  std::chrono::steady_clock::time_point deadline_;
  std::unique_ptr<sqlite3, Close> connection_;
  Statements<std::unique_ptr<Prepared>> statements_;
  bool sound_ = true;
};

}  // namespace portico::sql
