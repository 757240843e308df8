// SPDX-License-Identifier: Apache-2.0
// Time as the gateway sees it: a clock that never goes back, and the wall clock. Injected
// everywhere, so that tests own the time.
#pragma once

#include <chrono>

namespace portico::base {

class Clock {
 public:
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock();

  /// Never goes back; its zero means nothing.
  [[nodiscard]] virtual std::chrono::nanoseconds now() const noexcept = 0;
  /// Since 1970, in UTC; jumps when the machine's clock is set.
  [[nodiscard]] virtual std::chrono::microseconds unix_time() const noexcept = 0;

 protected:
  Clock() noexcept = default;
};

/// The machine's clocks.
[[nodiscard]] const Clock& system_clock() noexcept;

}  // namespace portico::base
