// SPDX-License-Identifier: Apache-2.0
// A moment to be told of. Intrusive and lazy: whoever owns an armed timer may write a later
// `deadline` into it at any time, which costs one store; the wheel finds out when the old one
// strikes.
#pragma once

#include <chrono>
#include <cstdint>

namespace portico::loop {

struct Timer {
  void (*fire)(Timer&) noexcept = nullptr;  ///< Once, disarmed. The timer may be gone afterwards.
  std::chrono::nanoseconds deadline{0};     ///< Of the loop's clock.
  bool armed = false;                       ///< This and what follows is the wheel's.
  std::uint16_t slot = 0;
  std::uint64_t tick = 0;
  Timer* next = nullptr;
  Timer* previous = nullptr;
};

}  // namespace portico::loop
