// SPDX-License-Identifier: Apache-2.0
// The dispatchers of the process: one for each database that somebody wants to work on, as long as
// somebody does. Any thread.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "jobs/dispatcher.h"
#include "services/log/sink.h"
#include "services/metrics/registry.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace portico::jobs {

class Service {
 public:
  /// `journals`: the folder for them; empty: none are kept.
  Service(const base::Clock& clock, services::LogSink& log, services::MetricRegistry& metrics,
          Crew::Pace pace = Crew::Pace::Threads, std::filesystem::path journals = {});

  /// `wakes` are made where there is no dispatcher yet.
  [[nodiscard]] std::shared_ptr<Dispatcher> open(
      const std::shared_ptr<sql::Store>& store,
      const std::function<std::unique_ptr<Wakes>()>& wakes = {});
  [[nodiscard]] KindFigures figures(const std::string& kind) const;
  /// Stepped: all that is due, in every database.
  void step();

 private:
  [[nodiscard]] std::vector<std::shared_ptr<Dispatcher>> all();

  const base::Clock& clock_;
  services::LogSink& log_;
  services::MetricRegistry& metrics_;
  const Crew::Pace pace_;
  const std::string holder_;
  const std::filesystem::path journals_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<Dispatcher>> dispatchers_;
};

}  // namespace portico::jobs
