// SPDX-License-Identifier: Apache-2.0
// Whether a database is there, and when it is looked for again: open while it is away, and then
// nobody waits for it. The first pause is short and each later one twice as long, within bounds,
// and a little by chance, so that nodes do not come back all at once.
#pragma once

#include "sql/options.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace portico::sql {

/// Guarded by whoever has it.
class Circuit {
 public:
  using Time = std::chrono::nanoseconds;

  explicit Circuit(const Timing& timing) : timing_(timing) {}

  [[nodiscard]] bool open() const noexcept { return open_; }
  /// Of an open one: when to try again.
  [[nodiscard]] Time due() const noexcept { return due_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

  /// `chance` is from 0 to 1. True when it was closed before. Who had begun before it opened
  /// changes nothing.
  bool fail(Time now, double chance, std::string reason) {
    if (open_ && now < due_) return false;
    pause_ = open_ ? std::min<Time>(2 * pause_, timing_.longest_pause) : timing_.first_pause;
    due_ = now + std::chrono::duration_cast<Time>(pause_ * (0.5 + chance / 2));
    reason_ = std::move(reason);
    return !std::exchange(open_, true);
  }
  /// True when it was open before.
  bool close() noexcept {
    reason_.clear();
    return std::exchange(open_, false);
  }

 private:
  const Timing timing_;
  bool open_ = false;
  Time pause_{0};
  Time due_{0};
  std::string reason_;
};

}  // namespace portico::sql
