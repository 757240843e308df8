// SPDX-License-Identifier: Apache-2.0
// One connection to a database, with the statements that were prepared on it. For one thread at a
// time. What goes wrong is thrown as SqlError; a session that is not `sound` after that is of no
// use any more.
#pragma once

#include "sql/options.h"
#include <portico/sql.h>

#include <cstdint>
#include <memory>

namespace portico::sql {

enum class Use : std::uint8_t { Read, Write };

class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  struct Outcome {
    Rows rows;
    std::uint64_t changed;
  };
  /// Throws std::logic_error for a statement that is written wrongly.
  [[nodiscard]] virtual Outcome run(const Statement& statement, SqlValues values) = 0;

  virtual void begin() = 0;
  virtual void commit() = 0;
  /// A session that cannot is not sound any more.
  virtual void roll_back() noexcept = 0;
  /// Whether the other side still answers.
  [[nodiscard]] virtual bool answers() noexcept = 0;
  [[nodiscard]] virtual bool sound() const noexcept = 0;
};

/// Opens one, within the time to connect. Throws SqlError.
[[nodiscard]] std::unique_ptr<Session> open_session(const Place& place, const Timing& timing,
                                                    Use use);

}  // namespace portico::sql
