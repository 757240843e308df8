// SPDX-License-Identifier: Apache-2.0
#include "plugin/ticker.h"

#include "plugin/guard.h"

#include <algorithm>
#include <utility>

#include <pthread.h>

namespace portico::plugin {

Ticker::~Ticker() { stop(); }

void Ticker::add(std::string plugin, std::chrono::milliseconds interval, Callable<void()> tick) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  const auto shortest = std::max(interval, std::chrono::milliseconds(1));
  tasks_.push_back({std::move(plugin), shortest, std::move(tick), Clock::now() + shortest});
  if (started_) launch();
}

void Ticker::start() {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  started_ = true;
  const auto now = Clock::now();
  for (Task& task : tasks_) task.due = now + task.interval;
  if (!tasks_.empty()) launch();
}

// A generation in which nobody ticks has no thread.
void Ticker::launch() {
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

void Ticker::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto next = std::min_element(tasks_.begin(), tasks_.end(),
                                       [](const Task& a, const Task& b) { return a.due < b.due; });
    if (next->due > Clock::now()) {
      changed_.wait_until(lock, next->due);
      continue;
    }
    lock.unlock();
    call(*next);
    lock.lock();
    // From the end of the tick: one that takes longer than its interval does not fill the thread.
    next->due = Clock::now() + next->interval;
  }
}

void Ticker::call(Task& task) noexcept {
  if (const auto thrown = guarded(task.tick)) {
    log_.write(Level::Error, task.plugin, "a background tick threw: " + *thrown);
  }
}

}  // namespace portico::plugin
