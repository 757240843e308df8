// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Reader` and `Transaction`: one use of a session.
#pragma once

#include "sql/session.h"
#include <portico/sql.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>

namespace portico::sql {

/// Is told of every statement.
struct Witness {
  virtual void ran(std::string_view statement, std::chrono::nanoseconds took,
                   const SqlError* error) noexcept = 0;

 protected:
  ~Witness() = default;
};

class Work final : public Transaction {
 public:
  Work(Session& session, Witness& witness) noexcept : session_(session), witness_(witness) {}

  static Work& of(Reader& reader) noexcept { return static_cast<Work&>(reader); }

  [[nodiscard]] Session::Outcome run(const Statement& statement, SqlValues values);
  /// It has written something that is to be done at that time (jobs/): told when it is committed.
  void note_work(std::chrono::microseconds due) noexcept { due_ = std::min(due_, due); }
  /// The first of these; none: the largest there is.
  [[nodiscard]] std::chrono::microseconds work_due() const noexcept { return due_; }
  /// What made it a lost one.
  [[nodiscard]] const std::optional<SqlError>& error() const noexcept { return error_; }

 private:
  Session& session_;
  Witness& witness_;
  std::optional<SqlError> error_;
  std::chrono::microseconds due_ = std::chrono::microseconds::max();
};

}  // namespace portico::sql
