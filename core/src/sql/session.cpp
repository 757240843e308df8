// SPDX-License-Identifier: Apache-2.0
#include "sql/session.h"

#include "sql/postgres_session.h"
#include "sql/sqlite_session.h"

namespace portico::sql {

std::unique_ptr<Session> open_session(const Place& place, const Timing& timing, Use use) {
  if (place.engine == Engine::Sqlite) return std::make_unique<SqliteSession>(place, timing, use);
  return std::make_unique<PostgresSession>(place, timing, use);
}

}  // namespace portico::sql
