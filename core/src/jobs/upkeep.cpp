// SPDX-License-Identifier: Apache-2.0
#include "jobs/upkeep.h"

#include "jobs/event_rows.h"
#include "jobs/job_rows.h"

namespace portico::jobs {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours EventsStay = 7 * 24h;
constexpr std::chrono::hours DeadStay = 180 * 24h;
/// Others write between two batches; the rest has time until the next call.
constexpr int MostBatches = 20;

template <class Purge>
void purge(sql::Store& store, Purge some) {
  for (int batch = 0; batch < MostBatches; ++batch) {
    std::uint64_t gone = 0;
    store.write([&](Transaction& within) { gone = some(within); });
    if (gone == 0) return;
  }
}

}  // namespace

void Upkeep::keep_up(sql::Store& store, std::chrono::microseconds now) {
  if (!store.connected()) return;
  try {
    count(store);
    purge(store, [&](Transaction& within) { return purge_events(within, now - EventsStay); });
    purge(store, [&](Transaction& within) { return purge_dead_jobs(within, now - DeadStay); });
  } catch (const SqlError& error) {
    if (!error.transient()) throw;
  }
}

void Upkeep::count(sql::Store& store) {
  std::vector<JobCount> counts;
  store.read([&](Reader& reader) { counts = count_jobs(reader); });
  std::set<std::string> gone = shown_;
  for (const JobCount& each : counts) {
    show(each.kind, each.waiting, each.dead);
    gone.erase(each.kind);
  }
  for (const std::string& kind : gone) show(kind, 0, 0);
}

void Upkeep::show(const std::string& kind, std::int64_t waiting, std::int64_t dead) {
  shown_.insert(kind);
  const auto gauge = [&](std::string_view state) -> Gauge& {
    return metrics_.gauge("portico_jobs",
                          "Jobs that wait and that are dead, as counted every 10 s.",
                          {{"kind", kind}, {"state", state}});
  };
  gauge("waiting").set(static_cast<double>(waiting));
  gauge("dead").set(static_cast<double>(dead));
}

}  // namespace portico::jobs
