// SPDX-License-Identifier: Apache-2.0
// How much a loop verifies before it looks after its other connections again. Whoever finds the
// budget spent waits for a millisecond and comes again; those who have waited have as much again
// for themselves, so that new ones cannot keep them out. For one thread.
#pragma once

#include <chrono>
#include <cstdint>

namespace portico::auth {

enum class Comes : std::uint8_t { Anew, Again };

class TurnBudget {
 public:
  /// About a millisecond of work: 16 verifications of ES256, for one costs four of these.
  static constexpr std::uint32_t Units = 64;

  /// Whether there is more to spend. `turn` is `Request::now`, the same in all of a turn.
  [[nodiscard]] bool is_open(std::chrono::nanoseconds turn, Comes comes) noexcept {
    if (turn != turn_) {
      turn_ = turn;
      spent_ = 0;
    }
    return spent_ < (comes == Comes::Anew ? Units : 2 * Units);
  }
  void spend(std::uint32_t units) noexcept { spent_ += units; }

 private:
  std::chrono::nanoseconds turn_{-1};
  std::uint32_t spent_ = 0;
};

}  // namespace portico::auth
