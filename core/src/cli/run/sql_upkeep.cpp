// SPDX-License-Identifier: Apache-2.0
#include "cli/run/sql_upkeep.h"

#include "sql/upkeep.h"

namespace portico::cli {

SqlUpkeep::SqlUpkeep(services::LogSink& log, const base::Clock& clock, const sql::Service& sql,
                     services::MetricRegistry& metrics)
    : sql_(sql), jobs_(metrics), ticker_(log, clock) {
  ticker_.add("core", Period, [this, &clock] {
    for (const auto& store : sql_.stores()) {
      sql::keep_up(*store, clock.unix_time());
      jobs_.keep_up(*store, clock.unix_time());
    }
  });
}

void SqlUpkeep::serve() {
  if (serving_ || sql_.stores().empty()) return;
  serving_ = true;
  ticker_.start();
}

}  // namespace portico::cli
