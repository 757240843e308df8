// SPDX-License-Identifier: Apache-2.0
// The calls of one loop that wait for a place at an upstream whose endpoints have all the requests
// that they may have. First come, first served, for each loop. A place that this loop frees is
// given at once; those that other loops free are not told of, so a loop that waits looks again and
// again.
#pragma once

#include "loop/loop.h"

#include <chrono>

namespace portico::upstream {

class Call;

class Queue final : loop::Timer, loop::Task {
 public:
  static constexpr std::chrono::milliseconds LookAgain{2};

  explicit Queue(loop::Loop& loop) noexcept;
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  /// Requires that nobody waits.
  ~Queue();

  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  void add(Call& call) noexcept;
  /// Harmless when it does not wait.
  void remove(Call& call) noexcept;
  /// A place may be free: asked for before the loop sleeps.
  void wake() noexcept;

 private:
  static void on_time(loop::Timer& timer) noexcept;
  static void on_task(loop::Task& task) noexcept;
  void serve() noexcept;

  loop::Loop& loop_;
  Call* first_ = nullptr;
  Call* last_ = nullptr;
};

}  // namespace portico::upstream
