// SPDX-License-Identifier: Apache-2.0
// How one endpoint is doing, as its answers tell. Outlives reloads. Every loop writes to it; nobody
// waits.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace portico::proxy {

using Time = std::chrono::nanoseconds;

class alignas(64) Vitals {
 public:
  enum class State : std::uint8_t {
    Up,
    Out,    ///< Gets nothing for a while.
    Trial,  ///< Gets requests again, and has not answered one yet.
  };

  [[nodiscard]] State state() const noexcept { return state_.load(std::memory_order_acquire); }
  [[nodiscard]] Time out_until() const noexcept {
    return Time(out_until_.load(std::memory_order_relaxed));
  }
  /// When it came back for the last time; zero when it was never out.
  [[nodiscard]] Time back_since() const noexcept {
    return Time(back_since_.load(std::memory_order_relaxed));
  }

  /// One more failure; how many there were in a row.
  [[nodiscard]] std::uint32_t fail() noexcept {
    return failures_.fetch_add(1, std::memory_order_relaxed) + 1;
  }
  /// It answered. Writes nothing where nothing changes. True when that ends its trial.
  [[nodiscard]] bool succeed() noexcept {
    if (failures_.load(std::memory_order_relaxed) != 0) {
      failures_.store(0, std::memory_order_relaxed);
    }
    return state() == State::Trial && change(State::Trial, State::Up);
  }
  /// Out from now on, for `first`, doubled with each time in a row that it was out, `longest` at
  /// most. False when it was out already.
  [[nodiscard]] bool put_out(Time now, Time first, Time longest) noexcept;
  /// Its time out is over. False when another thread was first.
  [[nodiscard]] bool bring_back(Time now) noexcept;
  // What checks say of it, apart from its answers.
  [[nodiscard]] bool well() const noexcept { return well_.load(std::memory_order_relaxed); }
  /// One that is well again comes back slowly.
  void diagnose(bool well, Time now) noexcept {
    well_.store(well, std::memory_order_relaxed);
    if (well) back_since_.store(now.count(), std::memory_order_relaxed);
  }
  [[nodiscard]] Time last_outage() const noexcept {
    return Time(outage_.load(std::memory_order_relaxed));
  }

 private:
  [[nodiscard]] bool change(State from, State to) noexcept {
    return state_.compare_exchange_strong(from, to, std::memory_order_relaxed);
  }

  std::atomic<State> state_{State::Up};
  std::atomic<bool> well_{true};
  std::atomic<std::uint32_t> failures_{0};
  std::atomic<Time::rep> out_until_{0};
  std::atomic<Time::rep> back_since_{0};
  std::atomic<Time::rep> outage_{0};
};

}  // namespace portico::proxy
