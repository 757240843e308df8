// SPDX-License-Identifier: Apache-2.0
// Jobs and events of a database, without a thread, and with a clock of the test's own. Every node
// is one process to the others.
#pragma once

#include "jobs/client.h"
#include "jobs/service.h"
#include "services/metrics/registry.h"
#include "sql/outbox.h"
#include "unit/sql/core_tables.h"
#include "unit/sql/database.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::test {

class WorkClock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return unix_time(); }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override { return time_; }
  void advance(std::chrono::microseconds time) { time_ = time_.load() + time; }

 private:
  std::atomic<std::chrono::microseconds> time_{std::chrono::microseconds(1'800'000'000'000'000)};
};

struct Node {
  Node(sql::Client& sql, const WorkClock& clock, services::LogSink& log,
       jobs::Crew::Pace pace = jobs::Crew::Pace::Stepped, std::filesystem::path journals = {})
      : ids(clock),
        service(clock, log, metrics, pace, std::move(journals)),
        dispatcher(service.open(sql.shared())),
        jobs({.plugin = "mill",
              .owner = this,
              .sql = sql,
              .clock = clock,
              .ids = ids,
              .service = &service,
              .dispatcher = dispatcher}) {}
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  ~Node() { jobs.disband(); }

  void step() { dispatcher->step(); }

  services::MetricRegistry metrics;
  base::Ids ids;
  jobs::Service service;
  std::shared_ptr<jobs::Dispatcher> dispatcher;
  jobs::Client jobs;
};

class WorkTest : public EachEngine {
 public:
  WorkTest() { make_core_tables(database); }

  [[nodiscard]] std::unique_ptr<Node> node(jobs::Crew::Pace pace = jobs::Crew::Pace::Stepped,
                                           std::filesystem::path journals = {}) {
    return std::make_unique<Node>(sql::Client::of(sql), clock, database.log, pace,
                                  std::move(journals));
  }
  std::string enqueue(Node& by, const JobOrder& order) {
    return sql.write([&](Transaction& db) { return by.jobs.enqueue(db, order).value_or("none"); });
  }
  void publish(const std::string& id, std::string_view name, std::string_view key = "") {
    sql.write([&](Transaction& db) {
      sql::write_to_outbox(db, {.id = id,
                                .source = "bank",
                                .event = name,
                                .key = key,
                                .payload = R"({"amount":"5"})",
                                .time = clock.unix_time()});
    });
  }

  WorkClock clock;
};

}  // namespace portico::test
