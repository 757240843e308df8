// SPDX-License-Identifier: Apache-2.0
// The circuit breaker of an upstream: closed while it serves, open when too many of its answers
// fail, half open when it is tried again. Every loop uses it; nobody waits.
#pragma once

#include "health/vitals.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portico::proxy {

/// What of it outlives reloads.
class Breaker {
 public:
  enum class State : std::uint8_t { Closed, Open, HalfOpen };
  struct Limits {
    std::uint32_t errors = 50;  ///< Percent.
    Time window{};
    std::uint32_t requests = 20;
    Time open{};
    std::uint32_t trials = 3;
  };
  enum class Turned : std::uint8_t { No, Opened, Closed };

  [[nodiscard]] State state() const noexcept { return state_.load(std::memory_order_acquire); }
  /// Whether one more request may be sent. Requires that it is not closed: there everything may,
  /// and nobody has to look at a clock.
  [[nodiscard]] bool admit(Time now, const Limits& limits) noexcept;
  /// How one request ended.
  Turned record(Time now, bool failed, const Limits& limits) noexcept;
  /// Until when it is open.
  [[nodiscard]] Time until() const noexcept { return Time(until_.load(std::memory_order_relaxed)); }

 private:
  static constexpr std::size_t Slices = 10;
  static constexpr std::int64_t Never = -1'000'000;
  /// A tenth of the window.
  struct Slice {
    std::atomic<std::int64_t> number{Never};
    std::atomic<std::uint32_t> requests{0};
    std::atomic<std::uint32_t> failures{0};
  };

  [[nodiscard]] bool too_many(std::int64_t number, const Limits& limits) const noexcept;
  Turned record_closed(Time now, bool failed, const Limits& limits) noexcept;
  Turned record_trial(Time now, bool failed, const Limits& limits) noexcept;
  [[nodiscard]] bool open(State from, Time now, const Limits& limits) noexcept;
  /// As many requests more as a trial needs.
  void grant(Time now, const Limits& limits) noexcept;

  std::atomic<State> state_{State::Closed};
  std::atomic<Time::rep> until_{0};  // The end of being open, or of a trial.
  std::atomic<std::int64_t> permits_{0};
  std::atomic<std::uint32_t> successes_{0};
  std::array<Slice, Slices> slices_;
};

}  // namespace portico::proxy
