// SPDX-License-Identifier: Apache-2.0
// A thread sleeps, and others wake it: now, or at a time. Any thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace portico::base {

class Bell {
 public:
  /// On the clock of whoever sleeps: nothing here reads one. A time that has passed is now.
  using Time = std::chrono::microseconds;

  void ring(Time at = Time::zero()) {
    const std::lock_guard lock(mutex_);
    if (at >= due_) return;
    due_ = at;
    rung_.notify_all();
  }

  /// Sleeps until it rings, and at most for so long. `now`: the time as the sleeper begins.
  void wait(Time now, Time most) {
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    for (;;) {
      const auto slept = std::chrono::duration_cast<Time>(std::chrono::steady_clock::now() - begin);
      const Time left = std::min(most, due_ == Never ? most : due_ - now) - slept;
      if (left <= Time::zero()) break;
      rung_.wait_for(lock, left);
    }
    due_ = Never;
  }

 private:
  static constexpr Time Never = Time::max();

  std::mutex mutex_;
  std::condition_variable rung_;
  Time due_ = Never;
};

}  // namespace portico::base
