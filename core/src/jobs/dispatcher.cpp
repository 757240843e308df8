// SPDX-License-Identifier: Apache-2.0
#include "jobs/dispatcher.h"

#include <algorithm>
#include <array>
#include <map>
#include <system_error>
#include <utility>

#include <pthread.h>

namespace portico::jobs {
namespace {

using namespace std::chrono_literals;

/// What others wrote and nobody told of is found after so long.
constexpr Time Poll = 1s;
constexpr std::size_t MostAtOnce = 500;
constexpr int LeaseParts = 3;

std::unique_ptr<Journal> begin_journal(const DispatcherParts& parts) {
  if (parts.journals.empty()) return nullptr;
  try {
    return std::make_unique<Journal>(parts.journals, parts.holder);
  } catch (const std::system_error& error) {
    const std::array fields{services::Field{"folder", parts.journals.native()},
                            services::Field{"reason", error.what()}};
    parts.log.write(Level::Warning, "core",
                    "no journal of jobs can be kept: should this process be killed, some may be "
                    "done twice",
                    fields);
    return nullptr;
  }
}

}  // namespace

Dispatcher::Dispatcher(DispatcherParts parts)
    : parts_(std::move(parts)),
      estates_(estates_in(parts_.journals)),
      ledger_(std::make_shared<Ledger>(parts_.store->work_bell(), begin_journal(parts_))),
      subscriptions_(parts_.store->options.main.engine),
      settlement_(*parts_.store, parts_.clock, parts_.log, parts_.holder,
                  [this](const Outcome& outcome) { let_go(outcome); }),
      teller_(*parts_.store, subscriptions_, parts_.clock, parts_.log, parts_.holder) {}

Dispatcher::~Dispatcher() {
  stopping_ = true;
  store().work_bell().ring();
  if (thread_.joinable()) thread_.join();
}

void Dispatcher::handle(std::shared_ptr<Kind> kind) {
  const std::lock_guard lock(mutex_);
  crews_.push_back(std::make_shared<Crew>(std::move(kind), ledger_, parts_.log, parts_.pace));
  launch();
}

void Dispatcher::on(const void* owner, std::string pattern, Subscriptions::Told told) {
  subscriptions_.add(owner, std::move(pattern), std::move(told));
  const std::lock_guard lock(mutex_);
  launch();
}

void Dispatcher::launch() {
  if (parts_.pace == Crew::Pace::Stepped) return;
  if (!thread_.joinable()) {
    thread_ = std::thread([this] {
      ::pthread_setname_np(::pthread_self(), "portico-jobs");
      run();
    });
  }
  store().work_bell().ring();
}

Dispatcher::Crews Dispatcher::crews() const {
  const std::lock_guard lock(mutex_);
  return crews_;
}

Dispatcher::Crews Dispatcher::crews_of(const void* owner) const {
  Crews found = crews();
  std::erase_if(found, [owner](const auto& crew) { return crew->kind()->owner != owner; });
  return found;
}

void Dispatcher::rest(const void* owner, std::string_view kind, Time until) {
  for (const auto& crew : crews_of(owner)) {
    if (crew->kind()->name == kind) crew->kind()->rests_until = until;
  }
}

void Dispatcher::withdraw(const void* owner) noexcept {
  subscriptions_.forget(owner);
  for (const auto& crew : crews_of(owner)) crew->withdraw();
}

void Dispatcher::disband(const void* owner) noexcept {
  withdraw(owner);
  const Crews leaving = crews_of(owner);
  for (const auto& crew : leaving) crew->disband();
  try {
    const std::lock_guard lock(round_);
    settle();
  } catch (const SqlError&) {
    // The leases end, and somebody does them again.
  }
  const std::lock_guard lock(mutex_);
  for (const auto& crew : leaving) {
    crew->kind()->close();
    std::erase(crews_, crew);
  }
}

void Dispatcher::run() {
  while (!stopping_) {
    try {
      if (round()) continue;
    } catch (const SqlError& error) {
      complain(error);
    }
    idle();
  }
}

/// The store says when it is away.
void Dispatcher::complain(const SqlError& error) noexcept {
  if (error.transient() || error.kind() == SqlError::Kind::OutcomeUnknown) return;
  const std::array fields{services::Field{"database", store().name},
                          services::Field{"statement", error.statement()},
                          services::Field{"reason", error.what()}};
  parts_.log.write(Level::Error, "core", "the work of a database stands still", fields);
}

void Dispatcher::idle() {
  const Time now = parts_.clock.unix_time();
  const Time left = next_due_ == Time::max() ? Poll : next_due_ - now;
  store().work_bell().wait(now, std::clamp(left, Time(0), Poll));
}

void Dispatcher::step() {
  bool more = true;
  while (more) {
    more = false;
    try {
      more = round();
    } catch (const SqlError& error) {
      complain(error);
    }
    for (const auto& crew : crews()) {
      while (crew->step()) more = true;
    }
  }
}

bool Dispatcher::round() {
  const std::lock_guard lock(round_);
  settle();
  extend();
  next_due_ = Time::max();
  bool more = teller_.round();
  for (const auto& crew : crews()) {
    if (!estates_.empty() && !crew->kind()->withdrawn) inherit(crew->kind());
    more |= take_for(*crew);
  }
  return more;
}

void Dispatcher::settle() {
  settlement_.write(ledger_->take());
  ledger_->written();
}

void Dispatcher::inherit(const std::shared_ptr<Kind>& kind) {
  for (Estate& estate : estates_) {
    std::vector<Outcome> outcomes = unsettled(estate, kind, store());
    if (!outcomes.empty()) {
      const std::string count = std::to_string(outcomes.size());
      const std::array fields{services::Field{"kind", kind->name}, services::Field{"jobs", count}};
      parts_.log.write(Level::Info, "core", "jobs were done by a process that died", fields);
      const std::string holder = estate.holder();
      Settlement(store(), parts_.clock, parts_.log, holder, [](const Outcome&) {
      }).write(std::move(outcomes));
    }
    estate.settled(kind->name);
  }
  std::erase_if(estates_, [](const Estate& estate) { return estate.empty(); });
}

bool Dispatcher::take_for(Crew& crew) {
  if (crew.kind()->withdrawn) return false;
  const Time rests = crew.kind()->rests_until;
  if (rests > parts_.clock.unix_time()) {
    next_due_ = std::min(next_due_, rests);
    return false;
  }
  FirstDue first;
  store().read_main([&](Reader& reader) { first = first_due(reader, crew.kind()->name); });
  const Time now = parts_.clock.unix_time();
  bool taken = false;
  for (std::size_t rank = 0; rank < first.size(); ++rank) {
    if (!first[rank]) continue;
    if (*first[rank] > now) {
      next_due_ = std::min(next_due_, *first[rank]);
      continue;
    }
    const std::size_t most = std::min(crew.kind()->room(), MostAtOnce);
    if (most != 0) {
      taken |= take_some(crew, static_cast<JobPriority>(rank), most) != 0;
    } else if (parts_.wakes != nullptr) {
      parts_.wakes->wake_others();
    }
  }
  return taken;
}

std::size_t Dispatcher::take_some(Crew& crew, JobPriority priority, std::size_t most) {
  Kind& kind = *crew.kind();
  std::vector<TakenJob> jobs;
  store().write([&](Transaction& within) {
    const Time now = parts_.clock.unix_time();
    jobs = take_jobs(within, store().options.main.engine,
                     {.kind = kind.name,
                      .priority = priority,
                      .holder = parts_.holder,
                      .now = now,
                      .until = now + kind.policy.lease,
                      .most = most});
  });
  const std::size_t count = jobs.size();
  hold(kind, jobs);
  if (!jobs.empty()) crew.add(std::move(jobs));
  return count;
}

/// One whose lease had ended before it could be told that it goes on is here already.
void Dispatcher::hold(Kind& kind, std::vector<TakenJob>& jobs) {
  std::erase_if(
      jobs, [&](const TakenJob& job) { return !held_.emplace(job.id, kind.policy.lease).second; });
  kind.held.fetch_add(jobs.size(), std::memory_order_relaxed);
}

void Dispatcher::let_go(const Outcome& outcome) {
  outcome.kind->held.fetch_sub(1, std::memory_order_relaxed);
  held_.erase(outcome.id);
}

void Dispatcher::extend() {
  const Time now = parts_.clock.unix_time();
  std::map<std::chrono::seconds, std::vector<std::string_view>> by_lease;
  for (const auto& [id, lease] : held_) by_lease[lease].push_back(id);
  if (by_lease.empty()) extended_ = now;
  for (const auto& [lease, ids] : by_lease) {
    if (now - extended_ < lease / LeaseParts) continue;
    store().write([&](Transaction& within) {
      extend_leases(within, store().options.main.engine, parts_.holder, now + lease, ids);
    });
    extended_ = now;
  }
}

}  // namespace portico::jobs
