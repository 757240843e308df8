// SPDX-License-Identifier: Apache-2.0
// Work that other threads hand to a loop. The loop polls `descriptor()` and calls `run()`; what is
// posted runs there, in the order posted. Results of workers come home this way.
#pragma once

#include "loop/wakeup.h"
#include <portico/callable.h>

#include <cstddef>
#include <mutex>
#include <vector>

namespace portico::loop {

class Inbox {
 public:
  using Work = Callable<void()>;

  /// From any thread. False once closed: the work is destroyed where it stands and will not run.
  bool post(Work work);
  /// Runs what was posted before the call, not what that posts in turn; returns how much it was. On
  /// the loop.
  std::size_t run();
  /// Refuses work from now on; what is there can still be run.
  void close() noexcept;
  [[nodiscard]] int descriptor() const noexcept { return wakeup_.descriptor(); }

 private:
  Wakeup wakeup_;
  std::mutex mutex_;
  std::vector<Work> posted_;
  bool closed_ = false;
};

}  // namespace portico::loop
