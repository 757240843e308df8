// SPDX-License-Identifier: Apache-2.0
// The time of a loop's turn: read from the machine once each turn, then the same for everything
// that happens in it. The wall clock follows along and is compared with the machine's each second.
#pragma once

#include "base/clock.h"

#include <chrono>

namespace portico::loop {

class TurnClock final : public base::Clock {
 public:
  explicit TurnClock(const base::Clock& source) noexcept : source_(source) { turn(); }

  /// A new turn begins.
  void turn() noexcept {
    now_ = source_.now();
    if (now_ < compared_) return;
    compared_ = now_ + std::chrono::seconds(1);
    offset_ = source_.unix_time() - std::chrono::duration_cast<std::chrono::microseconds>(now_);
  }
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return now_; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return offset_ + std::chrono::duration_cast<std::chrono::microseconds>(now_);
  }

 private:
  const base::Clock& source_;
  std::chrono::nanoseconds now_{0};
  std::chrono::nanoseconds compared_{0};
  std::chrono::microseconds offset_{0};
};

}  // namespace portico::loop
