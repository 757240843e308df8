// SPDX-License-Identifier: Apache-2.0
#include "cli/run/upstream_report.h"

#include "upstream/group.h"
#include "upstream/question.h"

#include <memory>
#include <string_view>
#include <vector>

namespace portico::cli {
namespace {

using services::Exposition;
using Type = Exposition::Type;
using upstream::Backend;
using upstream::Figures;

using All = std::vector<std::shared_ptr<detail::UpstreamState>>;

template <class See>
void for_each_endpoint(const All& all, See see) {
  for (const auto& group : all) {
    const auto edition = group->edition();
    for (const auto& backend : edition->backends) see(*group, *backend);
  }
}

template <class Value>
void family(Exposition& exposition, const All& all, std::string_view name, Type type,
            std::string_view help, Value value) {
  if (!exposition.family(name, type, help)) return;
  for_each_endpoint(all, [&](const detail::UpstreamState& group, const Backend& backend) {
    exposition.sample({{"upstream", group.name}, {"endpoint", backend.name}},
                      value(*backend.figures));
  });
}

void expose_tries(Exposition& exposition, const All& all) {
  exposition.family("portico_upstream_tries_total", Type::Counter,
                    "Requests sent to an endpoint, by what became of them.");
  for_each_endpoint(all, [&](const detail::UpstreamState& group, const Backend& backend) {
    for (std::size_t i = 0; i < Figures::Outcomes; ++i) {
      exposition.sample({{"upstream", group.name},
                         {"endpoint", backend.name},
                         {"outcome", upstream::word(static_cast<Try::How>(i))}},
                        backend.figures->tries[i].load(std::memory_order_relaxed));
    }
  });
}

}  // namespace

void expose_upstreams(Exposition& exposition, const upstream::Directory& directory) {
  const All all = directory.upstreams();
  expose_tries(exposition, all);
  family(exposition, all, "portico_upstream_answer_seconds_total", Type::Counter,
         "Time from the beginning of an answered try to its answer's head, summed up.",
         [](const Figures& figures) {
           return static_cast<double>(figures.answer_time.load(std::memory_order_relaxed)) / 1e9;
         });
  family(exposition, all, "portico_upstream_connections_opened_total", Type::Counter,
         "Connections that were begun.",
         [](const Figures& figures) { return figures.opened.load(std::memory_order_relaxed); });
  family(exposition, all, "portico_upstream_connections_resting", Type::Gauge,
         "Connections that wait for a request.",
         [](const Figures& figures) { return figures.resting.load(std::memory_order_relaxed); });
  family(exposition, all, "portico_upstream_requests", Type::Gauge, "Requests under way.",
         [](const Figures& figures) { return figures.load.load(std::memory_order_relaxed); });
  exposition.family("portico_upstream_waiting_requests", Type::Gauge,
                    "Requests that wait for a place at an endpoint.");
  for (const auto& group : all) {
    exposition.sample({{"upstream", group->name}}, group->waiting.load(std::memory_order_relaxed));
  }
  exposition.family("portico_upstream_mirrored_requests_total", Type::Counter,
                    "Copies of requests, by whether they were sent.");
  for (const auto& group : all) {
    const auto& mirrored = group->mirrored;
    exposition.sample({{"upstream", group->name}, {"result", "sent"}},
                      mirrored.sent.load(std::memory_order_relaxed));
    exposition.sample({{"upstream", group->name}, {"result", "left_out"}},
                      mirrored.left_out.load(std::memory_order_relaxed));
  }
}

void write_upstreams(base::JsonWriter& json, const upstream::Directory& directory) {
  json.key("upstreams").begin_array();
  for (const auto& group : directory.upstreams()) {
    json.begin_object().member("name", std::string_view(group->name));
    json.member("tls", group->tls != nullptr);
    json.member("waiting", std::int64_t{group->waiting.load(std::memory_order_relaxed)});
    json.key("endpoints").begin_array();
    const auto edition = group->edition();
    for (const auto& backend : edition->backends) {
      const Figures& figures = *backend->figures;
      json.begin_object().member("name", std::string_view(backend->name));
      json.member("address", std::string_view(backend->address));
      json.member("requests", std::int64_t{figures.load.load(std::memory_order_relaxed)});
      json.member("resting_connections", figures.resting.load(std::memory_order_relaxed));
      json.key("tries").begin_object();
      for (std::size_t i = 0; i < Figures::Outcomes; ++i) {
        json.member(upstream::word(static_cast<Try::How>(i)),
                    static_cast<std::int64_t>(figures.tries[i].load(std::memory_order_relaxed)));
      }
      json.end_object().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
}

}  // namespace portico::cli
