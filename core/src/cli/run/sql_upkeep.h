// SPDX-License-Identifier: Apache-2.0
// Looks after core's tables in the databases that plugins use, on a thread of its own: a database
// that is slow holds up nothing else.
#pragma once

#include "base/clock.h"
#include "jobs/upkeep.h"
#include "plugin/ticker.h"
#include "services/log/sink.h"
#include "services/metrics/registry.h"
#include "sql/service.h"

#include <chrono>

namespace portico::cli {

class SqlUpkeep {
 public:
  static constexpr std::chrono::seconds Period{10};

  SqlUpkeep(services::LogSink& log, const base::Clock& clock, const sql::Service& sql,
            services::MetricRegistry& metrics);

  /// Every plugin has started, so the tables are there. The thread begins with the first database.
  void serve();

 private:
  const sql::Service& sql_;
  jobs::Upkeep jobs_;
  bool serving_ = false;
  plugin::Ticker ticker_;
};

}  // namespace portico::cli
