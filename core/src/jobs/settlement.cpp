// SPDX-License-Identifier: Apache-2.0
#include "jobs/settlement.h"

#include "base/guard.h"
#include "base/text.h"
#include "jobs/pause.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace portico::jobs {
namespace {

constexpr std::size_t MostAtOnce = 500;
constexpr std::size_t LongestError = 1024;

Time next_of(const Outcome& outcome, Time now) {
  if (outcome.end != JobEnd::Again) return now;
  if (outcome.after) return now + *outcome.after;
  return now + pause_behind(outcome.kind->policy, outcome.attempt);
}

/// As it is written and reported, with the texts that it refers to.
struct Written {
  std::string error;
  Time at;
};

}  // namespace

void Settlement::write(std::vector<Outcome>&& outcomes) {
  std::ranges::move(outcomes, std::back_inserter(kept_));
  // Of one kind together, for that is who is told.
  std::ranges::stable_sort(kept_, {}, [](const Outcome& each) { return each.kind.get(); });
  while (!kept_.empty()) {
    const Kind* const kind = kept_.front().kind.get();
    std::size_t count = 0;
    while (count < std::min(MostAtOnce, kept_.size()) && kept_[count].kind.get() == kind) ++count;
    const std::span<const Outcome> some(kept_.data(), count);
    if (count == 1 || !write_some(some)) {
      for (const Outcome& each : some) write_alone(each);
    }
    close(some);
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(count));
  }
}

bool Settlement::write_some(std::span<const Outcome> some) {
  try {
    commit(some);
    return true;
  } catch (const SqlError& error) {
    if (error.transient() || error.kind() == SqlError::Kind::OutcomeUnknown) throw;
  } catch (...) {
    // One of them is to blame. Each by itself, that one shows.
  }
  return false;
}

void Settlement::write_alone(const Outcome& outcome) {
  std::string why;
  try {
    return commit({&outcome, 1});
  } catch (const SqlError& error) {
    if (error.transient() || error.kind() == SqlError::Kind::OutcomeUnknown) throw;
    why = error.what();
  } catch (...) {
    why = base::describe_current_exception();
  }
  const std::array fields{services::Field{"job", outcome.id}, services::Field{"reason", why}};
  log_.write(Level::Error, "core", "the end of a job of " + outcome.kind->name + " was refused",
             fields);
  const Time now = clock_.unix_time();
  const bool last = outcome.attempt >= outcome.kind->policy.attempts;
  const FinishedJob job{
      .end = last ? JobEnd::Dead : JobEnd::Again,
      .id = outcome.id,
      .error = why,
      .at = last ? now : now + pause_behind(outcome.kind->policy, outcome.attempt)};
  store_.write([&](Transaction& within) {
    (void)finish_jobs(within, store_.options.main.engine, holder_, {&job, 1});
    sql::Work::of(within).note_work(job.at);
  });
}

void Settlement::commit(std::span<const Outcome> some) {
  const Time now = clock_.unix_time();
  std::vector<Written> written;
  written.reserve(some.size());
  std::vector<FinishedJob> jobs;
  jobs.reserve(some.size());
  for (const Outcome& each : some) {
    const Written& text = written.emplace_back(
        Written{base::shorten(base::escape_control(each.error), LongestError), next_of(each, now)});
    jobs.push_back({.end = each.end,
                    .id = each.id,
                    .error = text.error,
                    .at = text.at,
                    .counts = each.counts});
  }
  store_.write([&](Transaction& within) {
    const std::vector<std::string> held =
        finish_jobs(within, store_.options.main.engine, holder_, jobs);
    const std::unordered_set<std::string_view> mine(held.begin(), held.end());
    std::vector<JobReport> reports;
    reports.reserve(some.size());
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!mine.contains(some[i].id)) continue;
      if (jobs[i].end == JobEnd::Again) sql::Work::of(within).note_work(jobs[i].at);
      if (!some[i].counts) continue;
      reports.push_back({.end = some[i].end,
                         .id = some[i].id,
                         .payload = some[i].payload,
                         .result = some[i].result,
                         .error = jobs[i].error,
                         .attempt = some[i].attempt,
                         .next = jobs[i].at});
    }
    if (!reports.empty()) some.front().kind->settle(within, reports);
  });
}

void Settlement::close(std::span<const Outcome> some) {
  for (const Outcome& each : some) {
    written_(each);
    if (!each.counts) continue;
    const KindFigures& figures = each.kind->figures;
    Counter& counter = each.end == JobEnd::Done    ? figures.done
                       : each.end == JobEnd::Again ? figures.again
                                                   : figures.dead;
    counter.add(1);
  }
}

}  // namespace portico::jobs
