// SPDX-License-Identifier: Apache-2.0
// The table `portico_migrations` of a database, in which core writes down what was applied.
#pragma once

#include "sql/migration_plan.h"
#include "sql/options.h"
#include "sql/session.h"

#include <vector>

namespace portico::sql {

/// On a session that its owner has for itself.
class MigrationHistory {
 public:
  MigrationHistory(Session& session, Engine engine) noexcept : session_(session), engine_(engine) {}

  [[nodiscard]] bool exists();
  void make();
  /// In order of owners and numbers; none where there is no table yet.
  [[nodiscard]] std::vector<AppliedStep> read();
  void add(const AppliedStep& step);
  void remove(const AppliedStep& step);

 private:
  Session& session_;
  const Engine engine_;
};

}  // namespace portico::sql
