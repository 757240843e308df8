// SPDX-License-Identifier: Apache-2.0
// All that the process counts, as one page for Prometheus.
#pragma once

#include "cli/run/access_output.h"
#include "cli/run/reload_record.h"
#include "pipeline/crypto_pool.h"
#include "pipeline/worker_pool.h"
#include "redis/service.h"
#include "server/server.h"
#include "services/events/bus.h"
#include "services/health/checks.h"
#include "services/log/log.h"
#include "services/metrics/registry.h"
#include "sql/service.h"
#include "upstream/directory.h"

#include <chrono>
#include <string>

namespace portico::cli {

/// Where the figures come from; all of it outlives who asks.
struct MetricSources {
  const server::Server& server;
  const pipeline::WorkerPool& workers;
  const pipeline::CryptoPool& crypto;
  const services::MetricRegistry& metrics;
  const services::Log& log;
  const AccessOutput& access;
  const ReloadRecord& reloads;
  const services::HealthChecks& health;
  const upstream::Directory& upstreams;
  const services::EventBus& events;
  const redis::Service& redis;
  const sql::Service& sql;
  std::chrono::microseconds started;  ///< Since 1970.
};

/// Any thread.
[[nodiscard]] std::string metrics_page(const MetricSources& sources);

}  // namespace portico::cli
