// SPDX-License-Identifier: Apache-2.0
// What the tables of jobs and events need now and then: they are counted for the metrics, and what
// is over goes when it is old. On a thread of core's own, which waits for the database.
#pragma once

#include "services/metrics/registry.h"
#include "sql/store.h"

#include <chrono>
#include <set>
#include <string>

namespace portico::jobs {

class Upkeep {
 public:
  explicit Upkeep(services::MetricRegistry& metrics) : metrics_(metrics) {}

  /// A database that is away is left alone. Throws SqlError for what will not pass by itself.
  void keep_up(sql::Store& store, std::chrono::microseconds now);

 private:
  void count(sql::Store& store);
  void show(const std::string& kind, std::int64_t waiting, std::int64_t dead);

  services::MetricRegistry& metrics_;
  std::set<std::string> shown_;  // What is no more is shown as none.
};

}  // namespace portico::jobs
