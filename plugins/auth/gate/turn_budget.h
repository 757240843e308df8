// SPDX-License-Identifier: Apache-2.0
// How many signatures a loop verifies before it looks after its other connections again. Whoever
// finds the budget spent waits for a millisecond and comes again; those who have waited have as
// much again for themselves, so that new ones cannot keep them out. For one thread.
#pragma once

#include <chrono>
#include <cstdint>

namespace portico::auth {

enum class Comes : std::uint8_t { Anew, Again };

class TurnBudget {
 public:
  /// About a millisecond of work: 16 verifications of ES256.
  static constexpr std::uint32_t Units = 64;

  /// `turn` is `Request::now`, the same in all of a turn. False: wait.
  [[nodiscard]] bool spend(std::chrono::nanoseconds turn, std::uint32_t units,
                           Comes comes) noexcept {
    if (turn != turn_) {
      turn_ = turn;
      spent_ = 0;
    }
    if (spent_ >= (comes == Comes::Anew ? Units : 2 * Units)) return false;
    spent_ += units;
    return true;
  }

 private:
  std::chrono::nanoseconds turn_{-1};
  std::uint32_t spent_ = 0;
};

}  // namespace portico::auth
