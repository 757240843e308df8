// SPDX-License-Identifier: Apache-2.0
#include "cli/run/sql_upkeep.h"

#include "sql/upkeep.h"

namespace portico::cli {

SqlUpkeep::SqlUpkeep(services::LogSink& log, const base::Clock& clock, const sql::Service& sql)
    : sql_(sql), ticker_(log, clock) {
  ticker_.add("core", Period, [&clock, &sql] {
    for (const auto& store : sql.stores()) sql::keep_up(*store, clock.unix_time());
  });
}

void SqlUpkeep::serve() {
  if (serving_ || sql_.stores().empty()) return;
  serving_ = true;
  ticker_.start();
}

}  // namespace portico::cli
