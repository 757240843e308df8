// SPDX-License-Identifier: Apache-2.0
#include "server/meter.h"

#include <map>
#include <utility>

#include <pthread.h>

namespace portico::server {

using services::Exposition;
using Type = Exposition::Type;

void LaneMeter::runs() noexcept {
  clockid_t clock = NoClock;
  if (::pthread_getcpuclockid(::pthread_self(), &clock) == 0) processor = clock;
}

Meter::Meter(std::size_t lanes) : lanes_(lanes), followed_(std::make_shared<const Followed>()) {}

std::shared_ptr<const Meter::Followed> Meter::followed() const {
  const std::lock_guard lock(mutex_);
  return followed_;
}

void Meter::follow(std::span<const std::string_view> routes) {
  const std::shared_ptr<const Followed> before = followed();
  std::map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < before->routes.size(); ++i) known.emplace(before->routes[i], i);
  auto next = std::make_shared<Followed>();
  next->routes.assign(routes.begin(), routes.end());
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    auto table = std::make_shared<SeriesTable>();
    table->reserve(routes.size());
    for (const std::string_view route : routes) {
      const auto found = known.find(route);
      table->push_back(found == known.end() ? std::make_shared<RouteSeries>()
                                            : (*before->tables[lane])[found->second]);
    }
    next->tables.push_back(std::move(table));
  }
  const std::lock_guard lock(mutex_);
  followed_ = std::move(next);
}

std::shared_ptr<const SeriesTable> Meter::table(std::size_t lane) const {
  const std::shared_ptr<const Followed> now = followed();
  return now->routes.empty() ? nullptr : now->tables[lane];
}

std::vector<Meter::Route> Meter::sum_up(const Followed& followed) {
  std::vector<Route> routes;
  for (std::size_t i = 0; i < followed.routes.size(); ++i) {
    RouteSeries::Sums sums;
    for (const auto& table : followed.tables) (*table)[i]->add_to(sums);
    // A route that nobody has asked for yet is not shown: ten thousand of them would be a page of
    // megabytes.
    if (!sums.codes.empty()) routes.push_back({followed.routes[i], std::move(sums)});
  }
  return routes;
}

void Meter::expose(Exposition& exposition) const {
  expose_requests(exposition);
  expose_lanes(exposition);
}

void Meter::expose_requests(Exposition& exposition) const {
  const std::shared_ptr<const Followed> now = followed();
  const std::vector<Route> routes = sum_up(*now);
  exposition.family("portico_http_requests_total", Type::Counter,
                    "Requests that have ended, by route (empty: none answered) and status.");
  for (const Route& route : routes) {
    for (const auto& [code, count] : route.sums.codes) {
      const std::string text = code == 0 ? "other" : std::to_string(code);
      exposition.sample({{"route", route.text}, {"code", text}}, count);
    }
  }
  exposition.family("portico_http_request_duration_seconds", Type::Histogram,
                    "From a request's head to the end of its answer.");
  for (const Route& route : routes) {
    exposition.sample({{"route", route.text}}, route.sums.durations);
  }
  exposition.family("portico_http_received_bytes_total", Type::Counter, "Bytes of requests.");
  for (const Route& route : routes) {
    exposition.sample({{"route", route.text}}, route.sums.received);
  }
  exposition.family("portico_http_sent_bytes_total", Type::Counter, "Bytes of answers.");
  for (const Route& route : routes) exposition.sample({{"route", route.text}}, route.sums.sent);
}

void Meter::expose_lanes(Exposition& exposition) const {
  const auto sum = [this](services::Tally LaneMeter::*tally) {
    std::uint64_t all = 0;
    for (const LaneMeter& lane : lanes_) all += (lane.*tally).value();
    return all;
  };
  // Ended first: one that begins meanwhile must not make it negative.
  const std::uint64_t ended = sum(&LaneMeter::ended);
  exposition.single("portico_http_requests_in_flight", Type::Gauge, "Requests under way.",
                    sum(&LaneMeter::begun) - ended);
  exposition.single("portico_connections_accepted_total", Type::Counter,
                    "Connections that were accepted.", sum(&LaneMeter::accepted));
  exposition.single("portico_connections_refused_total", Type::Counter,
                    "Connections closed at once, for their client had as many as it may.",
                    sum(&LaneMeter::refused));
  exposition.family("portico_tls_handshakes_total", Type::Counter, "TLS handshakes that ended.");
  exposition.sample({{"result", "completed"}}, sum(&LaneMeter::greeted));
  exposition.sample({{"result", "failed"}}, sum(&LaneMeter::broken));
  exposition.family("portico_loop_cpu_seconds_total", Type::Counter,
                    "Processor time of each event loop.");
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const clockid_t processor = lanes_[i].processor;
    timespec time{};
    if (processor == LaneMeter::NoClock || ::clock_gettime(processor, &time) != 0) continue;
    exposition.sample({{"loop", std::to_string(i)}},
                      static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9);
  }
}

}  // namespace portico::server
