// SPDX-License-Identifier: Apache-2.0
// Lets answers leave at whole steps of time since their requests came. What is done for an account
// that is there and for one that is not differs by some microseconds, and whoever asks a thousand
// times would see that; of a step they see nothing. Any thread that may block.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace portico::auth {

class Passwords;

class EvenPace {
 public:
  using Clock = std::chrono::steady_clock;

  explicit EvenPace(Clock::duration step) noexcept : step_(step) {}
  /// For what takes a hash, which ends in the middle of a step: measured by making one.
  explicit EvenPace(const Passwords& passwords);
  EvenPace(const EvenPace&) = delete;
  EvenPace& operator=(const EvenPace&) = delete;

  /// Until the step in which it is has ended. The thread waits; whoever hashes beside it does not.
  void wait(Clock::time_point began) const;

 private:
  const Clock::duration step_;
  mutable std::mutex mutex_;
  mutable std::condition_variable never_;
};

}  // namespace portico::auth
