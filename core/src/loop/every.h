// SPDX-License-Identifier: Apache-2.0
// Calls a function on a loop again and again, the first time one period from now. For the loop's
// thread, or for any one before it runs.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include <portico/callable.h>

#include <chrono>

namespace portico::loop {

class Every final : Timer {
 public:
  /// `work` must not throw.
  Every(Loop& loop, std::chrono::nanoseconds period, Callable<void()> work);
  Every(const Every&) = delete;
  Every& operator=(const Every&) = delete;
  ~Every() { loop_.timers().disarm(*this); }

 private:
  void begin() noexcept { loop_.timers().move(*this, loop_.clock().now() + period_); }

  Loop& loop_;
  const std::chrono::nanoseconds period_;
  Callable<void()> work_;
};

}  // namespace portico::loop
