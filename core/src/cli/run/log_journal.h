// SPDX-License-Identifier: Apache-2.0
// What the pipeline tells, as log lines and counters.
#pragma once

#include "pipeline/journal.h"
#include "plugin/library.h"
#include "services/log/sink.h"
#include "services/metrics/plugin_counter.h"
#include "services/metrics/registry.h"

namespace portico::cli {

class LogJournal final : public pipeline::Journal {
 public:
  LogJournal(services::LogSink& log, services::MetricRegistry& counters,
             const plugin::Libraries& libraries);

  void note(const pipeline::Incident& incident) noexcept override;
  void held(std::uint16_t plugin, pipeline::Turn turn,
            std::chrono::nanoseconds time) noexcept override;
  /// The server counts the ends of exchanges itself, by lane.
  void ended(const http::RequestState&, const pipeline::Chain&, const Outcome&) noexcept override {}

 private:
  services::LogSink& log_;
  const plugin::Libraries& libraries_;
  services::PluginCounter faults_;
  services::PluginCounter shadowed_;
  services::PluginCounter held_;
};

}  // namespace portico::cli
