// SPDX-License-Identifier: Apache-2.0
#include "cli/run/redis_report.h"

#include <memory>
#include <string_view>
#include <vector>

namespace portico::cli {
namespace {

using redis::Away;
using redis::Figures;
using redis::Sums;
using services::Exposition;
using services::Finding;
using Type = Exposition::Type;

/// A store with all that was counted of it, summed up once.
struct Shown {
  std::shared_ptr<redis::Store> store;
  Sums sums;
};

[[nodiscard]] std::vector<Shown> shown(const redis::Service& service) {
  std::vector<Shown> all;
  for (auto& store : service.stores()) {
    Sums sums = store->sums();
    all.push_back({std::move(store), sums});
  }
  return all;
}

void expose_commands(Exposition& exposition, const std::vector<Shown>& all) {
  exposition.family("portico_redis_commands_total", Type::Counter,
                    "Commands to a Redis, by what became of them.");
  for (const auto& [store, sums] : all) {
    exposition.sample({{"redis", store->name}, {"outcome", "answered"}}, sums.answered);
    exposition.sample({{"redis", store->name}, {"outcome", "refused"}}, sums.refused);
    for (std::size_t i = 0; i < Figures::Reasons; ++i) {
      exposition.sample({{"redis", store->name}, {"outcome", redis::word(static_cast<Away>(i))}},
                        sums.away[i]);
    }
  }
  exposition.family("portico_redis_command_duration_seconds", Type::Histogram,
                    "From a command to its answer, errors included.");
  for (const auto& [store, sums] : all) {
    exposition.sample({{"redis", store->name}}, sums.latency);
  }
}

template <class Value>
void family(Exposition& exposition, const std::vector<Shown>& all, std::string_view name, Type type,
            std::string_view help, Value value) {
  exposition.family(name, type, help);
  for (const Shown& each : all) {
    exposition.sample({{"redis", each.store->name}}, value(each));
  }
}

}  // namespace

void expose_redis(Exposition& exposition, const redis::Service& service) {
  const std::vector<Shown> all = shown(service);
  if (all.empty()) return;
  expose_commands(exposition, all);
  family(exposition, all, "portico_redis_connected", Type::Gauge,
         "1 while every connection to it stands and answers, else 0.",
         [](const Shown& each) { return each.store->connected() ? 1 : 0; });
  family(exposition, all, "portico_redis_connections", Type::Gauge, "Connections that stand.",
         [](const Shown& each) { return each.sums.opened - each.sums.closed; });
  family(exposition, all, "portico_redis_connections_opened_total", Type::Counter,
         "Connections that came to stand.", [](const Shown& each) { return each.sums.opened; });
  family(exposition, all, "portico_redis_messages_total", Type::Counter,
         "Messages heard on channels.", [](const Shown& each) { return each.sums.messages; });
}

void write_redis(base::JsonWriter& json, const redis::Service& service) {
  json.key("redis").begin_array();
  for (const auto& [store, sums] : shown(service)) {
    json.begin_object().member("name", std::string_view(store->name));
    json.member("connected", store->connected());
    json.member("reason", std::string_view(store->reason()));
    json.member("connections", sums.opened - sums.closed);
    json.member("connections_opened", sums.opened);
    json.key("commands").begin_object();
    json.member("answered", sums.answered).member("refused", sums.refused);
    for (std::size_t i = 0; i < Figures::Reasons; ++i) {
      json.member(redis::word(static_cast<Away>(i)), sums.away[i]);
    }
    json.end_object().member("messages", sums.messages).end_object();
  }
  json.end_array();
}

Finding check_redis(const redis::Service& service) {
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
