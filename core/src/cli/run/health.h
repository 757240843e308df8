// SPDX-License-Identifier: Apache-2.0
// The checks of this process, and the thread that runs them.
#pragma once

#include "plugin/ticker.h"
#include "redis/service.h"
#include "services/health/checks.h"
#include "services/log/sink.h"
#include "sql/service.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

namespace portico::cli {

class Health {
 public:
  static constexpr std::chrono::seconds Period{5};

  Health(services::LogSink& log, const base::Clock& clock, std::filesystem::path state,
         const redis::Service& redis, const sql::Service& sql);

  [[nodiscard]] const services::HealthChecks& checks() const noexcept { return checks_; }
  /// Every plugin has started: the first checks run, and then again every so often.
  void serve();
  void drain() { checks_.enter(services::HealthChecks::Phase::Draining); }

 private:
  services::HealthChecks checks_;
  std::vector<std::shared_ptr<void>> own_;
  plugin::Ticker ticker_;
};

}  // namespace portico::cli
