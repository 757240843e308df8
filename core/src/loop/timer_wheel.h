// SPDX-License-Identifier: Apache-2.0
// The timers of one loop: five wheels of 64 slots, each turning 64 times slower than the one
// before. Arming and disarming take constant time. A tick is 2^20 ns, about a millisecond; a timer
// strikes at the first tick that is not before its deadline. Beyond twelve days it strikes late.
#pragma once

#include "loop/timer.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portico::loop {

class TimerWheel {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr Time Never = Time::max();

  explicit TimerWheel(Time now) noexcept;
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  /// Requires that it is not armed. A deadline that is over strikes at the next `advance`.
  void arm(Timer& timer) noexcept;
  /// Harmless when it is not armed.
  void disarm(Timer& timer) noexcept;
  /// Arms it for `deadline`, whether it was armed or not. To a later moment it is one store.
  void move(Timer& timer, Time deadline) noexcept;

  /// Fires what is due by `now`.
  void advance(Time now) noexcept;
  /// When `advance` has something to do: not later than the first deadline, `Never` when none is.
  [[nodiscard]] Time next() const noexcept;

 private:
  static constexpr unsigned Bits = 6;
  static constexpr std::size_t Slots = std::size_t{1} << Bits;
  static constexpr std::size_t Levels = 5;
  struct Due {
    std::size_t level = Levels;
    std::size_t slot = 0;
    std::uint64_t tick = ~std::uint64_t{0};
  };

  [[nodiscard]] Due next_due() const noexcept;
  void insert(Timer& timer, std::uint64_t tick) noexcept;
  void remove(Timer& timer) noexcept;
  void strike(const Due& due) noexcept;

  std::uint64_t now_;
  std::array<std::uint64_t, Levels> occupied_{};
  std::array<Timer*, Levels * Slots> slots_{};
};

}  // namespace portico::loop
