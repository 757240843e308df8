// SPDX-License-Identifier: Apache-2.0
#include "cli/run/pool_report.h"

#include <array>
#include <string_view>

namespace portico::cli {
namespace {

using services::Exposition;
using Type = Exposition::Type;
using State = pipeline::WorkerPool::State;

struct Shown {
  std::string_view name;
  State state;
};

[[nodiscard]] std::array<Shown, 2> shown(const Pools& pools) {
  return {Shown{"workers", pools.workers.state()}, Shown{"crypto", pools.crypto.state()}};
}

}  // namespace

void expose_pools(Exposition& exposition, const Pools& pools) {
  const auto all = shown(pools);
  const auto family = [&](std::string_view name, Type type, std::string_view help, auto value) {
    exposition.family(name, type, help);
    for (const Shown& each : all) exposition.sample({{"pool", each.name}}, value(each.state));
  };
  family("portico_workers", Type::Gauge, "Threads for handlers and deferred jobs.",
         [](const State& state) { return state.threads; });
  family("portico_workers_busy", Type::Gauge, "Threads that run one.",
         [](const State& state) { return state.running; });
  family("portico_worker_queue_jobs", Type::Gauge, "Jobs that wait for a thread.",
         [](const State& state) { return state.waiting; });
  family("portico_worker_queue_capacity_jobs", Type::Gauge, "Jobs that may wait.",
         [](const State& state) { return state.room; });
  family("portico_worker_queue_refused_total", Type::Counter,
         "Requests answered 503 because no worker was free.",
         [](const State& state) { return state.refused; });
}

void write_pools(base::JsonWriter& json, const Pools& pools) {
  json.key("pools").begin_array();
  for (const auto& [name, state] : shown(pools)) {
    json.begin_object().member("name", name).member("threads", state.threads);
    json.member("busy", state.running).member("waiting", state.waiting);
    json.member("capacity", state.room).member("refused", state.refused).end_object();
  }
  json.end_array();
}

}  // namespace portico::cli
