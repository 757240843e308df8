// SPDX-License-Identifier: Apache-2.0
// Writes what became of jobs: many in one transaction, with what the plugin writes beside it. On
// the thread of a dispatcher.
#pragma once

#include "base/clock.h"
#include "jobs/job_rows.h"
#include "jobs/outcome.h"
#include "services/log/sink.h"
#include "sql/store.h"

#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::jobs {

class Settlement {
 public:
  Settlement(sql::Store& store, const base::Clock& clock, services::LogSink& log,
             std::string_view holder, std::function<void(const Outcome&)> written)
      : store_(store), clock_(clock), log_(log), holder_(holder), written_(std::move(written)) {}

  /// Writes these, and those that could not be written before. Throws SqlError while the database
  /// is away, and keeps them.
  void write(std::vector<Outcome>&& outcomes);

 private:
  [[nodiscard]] bool write_some(std::span<const Outcome> some);
  void write_alone(const Outcome& outcome);
  void commit(std::span<const Outcome> some);
  void close(std::span<const Outcome> some);

  sql::Store& store_;
  const base::Clock& clock_;
  services::LogSink& log_;
  const std::string_view holder_;
  const std::function<void(const Outcome&)> written_;
  std::vector<Outcome> kept_;
};

}  // namespace portico::jobs
