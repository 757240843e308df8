// SPDX-License-Identifier: Apache-2.0
#include "jobs/crew.h"

#include "base/guard.h"
#include "jobs/job_state.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <pthread.h>

namespace portico::jobs {

Crew::Crew(std::shared_ptr<Kind> kind, std::shared_ptr<Ledger> ledger, services::LogSink& log,
           Pace pace)
    : kind_(std::move(kind)), ledger_(std::move(ledger)), log_(log), pace_(pace) {}

Crew::~Crew() { disband(); }

void Crew::add(std::vector<TakenJob>&& jobs) {
  const std::lock_guard lock(mutex_);
  for (TakenJob& job : jobs) waiting_.push_back(std::move(job));
  if (pace_ == Pace::Stepped) return;
  const std::size_t wanted = std::min<std::size_t>(kind_->policy.threads, waiting_.size());
  for (std::size_t n = idle_; n < wanted && threads_.size() < kind_->policy.threads; ++n) launch();
  wanted_.notify_all();
}

void Crew::launch() {
  try {
    threads_.emplace_back([this] {
      ::pthread_setname_np(::pthread_self(), "portico-job");
      run();
    });
  } catch (const std::system_error&) {
    // Those that are there do it.
    if (threads_.empty()) throw;
  }
}

void Crew::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wanted_.wait(lock, [this] { return !waiting_.empty() || kind_->withdrawn; });
    --idle_;
    if (waiting_.empty()) return;
    TakenJob job = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work(std::move(job));
    lock.lock();
  }
}

bool Crew::step() {
  TakenJob job;
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) return false;
    job = std::move(waiting_.front());
    waiting_.pop_front();
  }
  work(std::move(job));
  return true;
}

detail::JobState* Crew::hand_out(TakenJob&& job) {
  return new detail::JobState{.kind = kind_, .ledger = ledger_, .job = std::move(job)};
}

void Crew::work(TakenJob&& job) noexcept {
  detail::JobState* const state = hand_out(std::move(job));
  state->holders.fetch_add(1);
  Job handed(state);
  // One that was lost with its node, again and again, may be what kills the node.
  if (state->job.attempt > kind_->policy.attempts)
    handed.fail("it was lost with its node too often");
  if (!state->over) {
    if (auto thrown = base::guarded([&] { kind_->work(std::move(handed)); })) {
      log_.write(Level::Warning, "core", "a job of " + kind_->name + " threw: " + *thrown);
      state->again(std::move(*thrown), std::nullopt, {});
    }
  }
  state->let_go();
}

void Crew::withdraw() noexcept {
  std::deque<TakenJob> unbegun;
  {
    const std::lock_guard lock(mutex_);
    kind_->withdrawn = true;
    unbegun.swap(waiting_);
    wanted_.notify_all();
  }
  for (TakenJob& job : unbegun) {
    Job(hand_out(std::move(job))).postpone(std::chrono::milliseconds(0));
  }
}

void Crew::disband() noexcept {
  withdraw();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace portico::jobs
