// SPDX-License-Identifier: Apache-2.0
// The rows of `portico_jobs` (sql/job_table.h): what is written, taken and finished, each in one
// statement for many. All of it within somebody's transaction.
#pragma once

#include "sql/options.h"
#include <portico/jobs.h>
#include <portico/sql.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::jobs {

using Time = std::chrono::microseconds;  // Since 1970.

struct NewJob {
  std::string id;
  std::string kind;  ///< "notify.email".
  std::string_view key{};
  std::string_view unique{};
  std::string_view payload;
  JobPriority priority = JobPriority::Normal;
  Time created{0};
  Time at{0};
};
/// False where one waits that has the same `unique`.
bool write_job(Transaction& within, const NewJob& job);
/// None of them `unique`.
void write_jobs(Transaction& within, sql::Engine engine, std::span<const NewJob> jobs);
/// One that nobody has taken.
bool delete_job(Transaction& within, std::string_view kinds_of, std::string_view id);
/// One that is dead.
bool revive_job(Transaction& within, std::string_view kinds_of, std::string_view id, Time now);

/// When the first of that kind is due, for each priority.
using FirstDue = std::array<std::optional<Time>, 3>;
[[nodiscard]] FirstDue first_due(Reader& reader, std::string_view kind);

struct Taking {
  std::string_view kind;
  JobPriority priority;
  std::string_view holder;
  Time now;
  Time until;  ///< The end of the lease.
  std::size_t most;
};
struct TakenJob {
  std::string id;
  std::string payload;
  std::uint32_t attempt;
};
/// Those that are due, the first ones first. Nobody else gets them before the lease has ended.
[[nodiscard]] std::vector<TakenJob> take_jobs(Transaction& within, sql::Engine engine,
                                              const Taking& taking);
/// Of these, those that `holder` still has.
[[nodiscard]] std::vector<TakenJob> held_jobs(Reader& reader, sql::Engine engine,
                                              std::string_view holder,
                                              std::span<const std::string_view> ids);
/// Still at work.
void extend_leases(Transaction& within, sql::Engine engine, std::string_view holder, Time until,
                   std::span<const std::string_view> ids);

struct FinishedJob {
  JobEnd end;
  std::string_view id;
  std::string_view error{};
  Time at{0};          ///< Of Again: when; of Dead: now.
  bool counts = true;  ///< Whether it was an attempt.
};
/// Returns the ids of those that `holder` still had: the others are somebody else's by now.
[[nodiscard]] std::vector<std::string> finish_jobs(Transaction& within, sql::Engine engine,
                                                   std::string_view holder,
                                                   std::span<const FinishedJob> jobs);

/// How many of each kind wait, no more than a bound of them counted, and how many are dead.
struct JobCount {
  std::string kind;
  std::int64_t waiting = 0;
  std::int64_t dead = 0;
};
[[nodiscard]] std::vector<JobCount> count_jobs(Reader& reader);
/// The dead that ended before that; some of them at a time. Returns how many.
std::uint64_t purge_dead_jobs(Transaction& within, Time before);

}  // namespace portico::jobs
