// SPDX-License-Identifier: Apache-2.0
// Brings the tables of one database to where they are to be. Each step runs in a transaction with
// its row of `portico_migrations`, on a session of the migrator's own, so that a long one is not
// cut off as a statement of a plugin would be.
//
// Of several processes that start at once one goes ahead: in PostgreSQL it holds an advisory lock,
// in SQLite the transaction of the one writer. The others wait, and find the steps done.
//
// What goes wrong is a MigrationError. For one thread, which waits for the database.
#pragma once

#include "base/clock.h"
#include "services/log/sink.h"
#include "sql/migration_plan.h"
#include "sql/options.h"
#include "sql/session.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::sql {

class Migrator {
 public:
  /// `database` is its name in the file.
  Migrator(std::string database, const Options& options, const base::Clock& clock,
           services::LogSink& log);
  Migrator(const Migrator&) = delete;
  Migrator& operator=(const Migrator&) = delete;

  /// Applies what the database lacks, owner by owner. Returns what was applied. Where nothing is
  /// lacking no lock is taken and no right to change anything is needed.
  std::vector<AppliedStep> apply(std::span<const OwnedSteps> owners);
  /// Undoes the steps above `number`, the last one first. Returns what was undone.
  std::vector<AppliedStep> undo(const OwnedSteps& owned, std::uint32_t number);
  /// What was applied, by whomever; none where there is no database yet, and then none is made.
  [[nodiscard]] std::vector<AppliedStep> history();

 private:
  enum class Way : std::uint8_t { Up, Down };

  void open();
  void lock();
  void make_history();
  [[nodiscard]] std::optional<AppliedStep> take(const OwnedSteps& owned, const Migration& step,
                                                Way way);
  [[nodiscard]] std::optional<AppliedStep> attempt(const OwnedSteps& owned, const Migration& step,
                                                   Way way);
  void run(std::string_view text);
  void begin();
  void tell(const AppliedStep& step, Way way);
  /// Calls it, with what it throws as a MigrationError.
  template <class Call>
  auto speaking(Call call);
  [[noreturn]] void refuse(const SqlError& error, const std::string& owner,
                           const std::string& what) const;

  const std::string database_;
  const Place place_;
  Timing timing_;
  const base::Clock& clock_;
  services::LogSink& log_;
  std::unique_ptr<Session> session_;
};

}  // namespace portico::sql
