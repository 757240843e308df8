// SPDX-License-Identifier: Apache-2.0
#include "cli/run/metrics_page.h"

#include "base/version.h"
#include "cli/run/pool_report.h"
#include "cli/run/redis_report.h"
#include "cli/run/sql_report.h"
#include "cli/run/upstream_report.h"
#include "services/metrics/exposition.h"
#include "services/metrics/process.h"
#include <portico/api.h>

namespace portico::cli {
namespace {

using services::Exposition;
using Type = Exposition::Type;

double seconds(std::chrono::duration<double> time) { return time.count(); }

void expose_build(Exposition& exposition) {
  const std::string sdk = std::to_string(SdkMajor) + '.' + std::to_string(SdkMinor);
  exposition.family("portico_build_info", Type::Gauge, "What runs; always 1.");
  exposition.sample({{"version", base::version()}, {"sdk", sdk}}, 1);
}

void expose_reloads(Exposition& exposition, const ReloadRecord::State& state) {
  exposition.family("portico_reloads_total", Type::Counter, "Reloads, by what became of them.");
  exposition.sample({{"result", "succeeded"}}, state.succeeded);
  exposition.sample({{"result", "refused"}}, state.refused);
  exposition.single("portico_reload_last_successful", Type::Gauge,
                    "1, or 0 when the last reload was refused.", state.last_refused ? 0 : 1);
  exposition.single("portico_reload_last_duration_seconds", Type::Gauge,
                    "What the last reload took; 0 before the first.", seconds(state.duration));
  exposition.single("portico_config_served_timestamp_seconds", Type::Gauge,
                    "Since when this configuration is served, in seconds since 1970.",
                    seconds(state.served_since));
  exposition.family("portico_config_info", Type::Gauge,
                    "SHA-256 of the files that are served; always 1.");
  exposition.sample({{"hash", state.hash}}, 1);
}

void expose_logs(Exposition& exposition, const MetricSources& sources) {
  exposition.family("portico_log_lines_lost_total", Type::Counter,
                    "Lines of the log and of the access log that were never written.");
  exposition.sample({{"log", "main"}}, sources.log.dropped());
  exposition.sample({{"log", "access"}}, sources.access.lost());
}

}  // namespace

std::string metrics_page(const MetricSources& sources) {
  std::string page;
  Exposition exposition(page);
  sources.server.expose(exposition);
  expose_upstreams(exposition, sources.upstreams);
  expose_redis(exposition, sources.redis);
  expose_sql(exposition, sources.sql);
  expose_pools(exposition, {sources.workers, sources.crypto});
  expose_reloads(exposition, sources.reloads.state());
  expose_logs(exposition, sources);
  exposition.single("portico_ready", Type::Gauge, "1 while /health/ready answers 200, else 0.",
                    sources.health.report()->ready ? 1 : 0);
  exposition.single("portico_events_lost_total", Type::Counter,
                    "Events that were not told because too many waited.", sources.events.lost());
  expose_build(exposition);
  services::expose_process(exposition, sources.started);
  // Last, so that a plugin's metric cannot take the name of one of core's.
  sources.metrics.expose(exposition);
  return page;
}

}  // namespace portico::cli
