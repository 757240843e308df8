// SPDX-License-Identifier: Apache-2.0
#include "jobs/service.h"

#include <utility>

namespace portico::jobs {

Service::Service(const base::Clock& clock, services::LogSink& log,
                 services::MetricRegistry& metrics, Crew::Pace pace, std::filesystem::path journals)
    : clock_(clock),
      log_(log),
      metrics_(metrics),
      pace_(pace),
      holder_(base::Ids(clock).next()),
      journals_(std::move(journals)) {}

std::vector<std::shared_ptr<Dispatcher>> Service::all() {
  std::vector<std::shared_ptr<Dispatcher>> living;
  for (const auto& each : dispatchers_) {
    if (auto dispatcher = each.lock()) living.push_back(std::move(dispatcher));
  }
  return living;
}

std::shared_ptr<Dispatcher> Service::open(const std::shared_ptr<sql::Store>& store,
                                          const std::function<std::unique_ptr<Wakes>()>& wakes) {
  std::vector<std::shared_ptr<Dispatcher>> others;  // Let go of while no lock is held.
  const std::lock_guard lock(mutex_);
  std::erase_if(dispatchers_, [](const auto& each) { return each.expired(); });
  others = all();
  for (const auto& each : others) {
    if (&each->store() == store.get()) return each;
  }
  auto made = std::make_shared<Dispatcher>(
      DispatcherParts{.store = store,
                      .clock = clock_,
                      .log = log_,
                      .pace = pace_,
                      .holder = holder_,
                      .wakes = wakes ? wakes() : nullptr,
                      .journals = journals_.empty() ? journals_ : journals_ / store->name});
  dispatchers_.push_back(made);
  return made;
}

KindFigures Service::figures(const std::string& kind) const {
  const auto counter = [&](std::string_view end) -> Counter& {
    return metrics_.counter("portico_jobs_total", "Attempts at jobs, by how they ended.",
                            {{"kind", kind}, {"end", end}});
  };
  return {.done = counter("done"), .again = counter("again"), .dead = counter("dead")};
}

void Service::step() {
  std::vector<std::shared_ptr<Dispatcher>> dispatchers;
  {
    const std::lock_guard lock(mutex_);
    dispatchers = all();
  }
  for (const auto& each : dispatchers) each->step();
}

}  // namespace portico::jobs
