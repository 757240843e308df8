// SPDX-License-Identifier: Apache-2.0
#include "cli/run/sql_report.h"

#include <memory>
#include <string_view>
#include <vector>

namespace portico::cli {
namespace {

using services::Exposition;
using services::Finding;
using Type = Exposition::Type;

/// A store with all that was counted of it, summed up once.
struct Shown {
  std::shared_ptr<sql::Store> store;
  sql::Figures::Sums sums;
  std::vector<sql::Store::PoolState> pools;
};

[[nodiscard]] std::vector<Shown> shown(const sql::Service& service) {
  std::vector<Shown> all;
  for (auto& store : service.stores()) {
    auto sums = store->sums();
    auto pools = store->pools();
    all.push_back({std::move(store), std::move(sums), std::move(pools)});
  }
  return all;
}

void expose_statements(Exposition& exposition, const std::vector<Shown>& all) {
  exposition.family("portico_sql_statements_total", Type::Counter,
                    "Statements to a database, by their name and what became of them.");
  for (const auto& [store, sums, pools] : all) {
    for (const auto& each : sums.statements) {
      const std::string_view name = each.name;
      exposition.sample({{"database", store->name}, {"statement", name}, {"outcome", "done"}},
                        each.done);
      exposition.sample({{"database", store->name}, {"statement", name}, {"outcome", "failed"}},
                        each.failed);
    }
  }
  exposition.family("portico_sql_statement_duration_seconds", Type::Histogram,
                    "From a statement to its last row, errors included.");
  for (const auto& [store, sums, pools] : all) {
    for (const auto& each : sums.statements) {
      exposition.sample({{"database", store->name}, {"statement", each.name}}, each.durations);
    }
  }
}

template <class Value>
void of_databases(Exposition& exposition, const std::vector<Shown>& all, std::string_view name,
                  Type type, std::string_view help, Value value) {
  exposition.family(name, type, help);
  for (const Shown& each : all) {
    exposition.sample({{"database", each.store->name}}, value(each));
  }
}

template <class Value>
void of_pools(Exposition& exposition, const std::vector<Shown>& all, std::string_view name,
              Type type, std::string_view help, Value value) {
  exposition.family(name, type, help);
  for (const Shown& each : all) {
    for (const auto& [use, state] : each.pools) {
      exposition.sample({{"database", each.store->name}, {"use", use}}, value(state));
    }
  }
}

void expose_sessions(Exposition& exposition, const std::vector<Shown>& all) {
  using State = sql::Pool::State;
  of_pools(exposition, all, "portico_sql_sessions_busy", Type::Gauge, "Sessions that are lent.",
           [](const State& state) { return state.busy; });
  of_pools(exposition, all, "portico_sql_sessions_idle", Type::Gauge, "Sessions that are not.",
           [](const State& state) { return state.idle; });
  of_pools(exposition, all, "portico_sql_sessions_capacity", Type::Gauge,
           "Sessions that there may be.", [](const State& state) { return state.most; });
  of_pools(exposition, all, "portico_sql_sessions_waited_for", Type::Gauge,
           "Threads that wait for one.", [](const State& state) { return state.waiting; });
  of_pools(exposition, all, "portico_sql_sessions_opened_total", Type::Counter,
           "Sessions that came about.", [](const State& state) { return state.opened; });
  of_pools(exposition, all, "portico_sql_sessions_failed_total", Type::Counter,
           "Sessions that did not.", [](const State& state) { return state.failed; });
}

void write_sessions(base::JsonWriter& json, const std::vector<sql::Store::PoolState>& pools) {
  json.key("sessions").begin_object();
  for (const auto& [use, state] : pools) {
    json.key(use).begin_object().member("busy", state.busy).member("idle", state.idle);
    json.member("waited_for", state.waiting).member("away", state.away).end_object();
  }
  json.end_object();
}

}  // namespace

void expose_sql(Exposition& exposition, const sql::Service& service) {
  const std::vector<Shown> all = shown(service);
  if (all.empty()) return;
  expose_statements(exposition, all);
  expose_sessions(exposition, all);
  of_databases(exposition, all, "portico_sql_connected", Type::Gauge,
               "1 while the database answers, else 0.",
               [](const Shown& each) { return each.store->connected() ? 1 : 0; });
  of_databases(exposition, all, "portico_sql_retries_total", Type::Counter,
               "Transactions that were begun again, for others were in the way.",
               [](const Shown& each) { return each.sums.retries; });
  of_databases(exposition, all, "portico_sql_slow_statements_total", Type::Counter,
               "Statements that were logged as slow.",
               [](const Shown& each) { return each.sums.slow; });
  of_databases(exposition, all, "portico_sql_outbox_backlog", Type::Gauge,
               "Events of the outbox that wait, counted up to 100000 every 10 s.",
               [](const Shown& each) { return each.store->backlog(); });
}

void write_sql(base::JsonWriter& json, const sql::Service& service) {
  json.key("databases").begin_array();
  for (const auto& [store, sums, pools] : shown(service)) {
    const bool sqlite = store->options.main.engine == sql::Engine::Sqlite;
    json.begin_object().member("name", std::string_view(store->name));
    json.member("engine", std::string_view(sqlite ? "sqlite" : "postgresql"));
    json.member("connected", store->connected());
    json.member("reason", std::string_view(store->reason()));
    json.member("outbox_backlog", store->backlog());
    json.member("retries", sums.retries).member("slow_statements", sums.slow);
    write_sessions(json, pools);
    json.end_object();
  }
  json.end_array();
}

Finding check_sql(const sql::Service& service) {
  Finding finding;
  for (const auto& store : service.stores()) {
    if (store->connected()) continue;
    if (finding.state != Finding::State::Failed) {
      finding.state = store->options.required ? Finding::State::Failed : Finding::State::Warning;
    }
    finding.note += (finding.note.empty() ? "" : ", ") + store->name + " is away";
  }
  return finding;
}

}  // namespace portico::cli
