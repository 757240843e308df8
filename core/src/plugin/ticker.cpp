// SPDX-License-Identifier: Apache-2.0
#include "plugin/ticker.h"

#include "base/guard.h"
#include <portico/sql_statement.h>

#include <algorithm>
#include <utility>

#include <pthread.h>

namespace portico::plugin {

Ticker::~Ticker() { stop(); }

void Ticker::add(std::string plugin, std::chrono::milliseconds interval, Callable<void()> tick) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  const auto shortest = std::max(interval, std::chrono::milliseconds(1));
  tasks_.push_back({std::move(plugin), shortest, std::move(tick), clock_.now() + shortest});
  if (started_) launch();
}

void Ticker::start() {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  started_ = true;
  const auto now = clock_.now();
  for (Task& task : tasks_) task.due = now + task.interval;
  if (!tasks_.empty()) launch();
}

// A generation in which nobody ticks has no thread.
void Ticker::launch() {
  if (pace_ == Pace::Stepped) return;
  if (thread_.joinable()) {
    changed_.notify_one();
    return;
  }
  thread_ = std::thread([this] {
    ::pthread_setname_np(::pthread_self(), "portico-ticker");
    run();
  });
}

void Ticker::stop() noexcept {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  tasks_.clear();
}

Ticker::Task* Ticker::first_due() {
  const auto first = std::min_element(tasks_.begin(), tasks_.end(),
                                      [](const Task& a, const Task& b) { return a.due < b.due; });
  return first == tasks_.end() ? nullptr : &*first;
}

void Ticker::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    Task* next = first_due();
    const auto left = next->due - clock_.now();
    if (left > std::chrono::nanoseconds::zero()) {
      changed_.wait_for(lock, left);
      continue;
    }
    lock.unlock();
    call(*next);
    lock.lock();
    // From the end of the tick: one that takes longer than its interval does not fill the thread.
    next->due = clock_.now() + next->interval;
  }
}

void Ticker::step() {
  std::unique_lock lock(mutex_);
  const auto now = clock_.now();
  while (started_ && !stopping_) {
    Task* next = first_due();
    if (next == nullptr || next->due > now) return;
    next->due += next->interval;
    lock.unlock();
    call(*next);
    lock.lock();
  }
}

/// That a database is away is told once, where it is found out, and not with every tick.
void Ticker::call(Task& task) noexcept {
  const auto tick = [&task] {
    try {
      task.tick();
    } catch (const SqlError& error) {
      if (error.kind() != SqlError::Kind::Unavailable) throw;
    }
  };
  if (const auto thrown = base::guarded(tick)) {
    log_.write(Level::Error, task.plugin, "a background tick threw: " + *thrown);
  }
}

}  // namespace portico::plugin
