// SPDX-License-Identifier: Apache-2.0
#include "cli/run/health.h"

#include "cli/run/redis_report.h"
#include "cli/run/sql_report.h"
#include "services/health/machine.h"

#include <utility>

namespace portico::cli {

Health::Health(services::LogSink& log, const base::Clock& clock, std::filesystem::path state,
               const redis::Service& redis, const sql::Service& sql)
    : checks_(clock), ticker_(log, clock) {
  const auto disk = [state = std::move(state)] { return services::check_disk(state); };
  own_.push_back(checks_.add("disk", disk));
  own_.push_back(checks_.add("memory", services::check_memory));
  own_.push_back(checks_.add("file_descriptors", services::check_descriptors));
  own_.push_back(checks_.add("redis", [&redis] { return check_redis(redis); }));
  own_.push_back(checks_.add("databases", [&sql] { return check_sql(sql); }));
}

void Health::serve() {
  checks_.run();
  checks_.enter(services::HealthChecks::Phase::Serving);
  ticker_.add("core", Period, [this] { checks_.run(); });
  ticker_.start();
}

}  // namespace portico::cli
