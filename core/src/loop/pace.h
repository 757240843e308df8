// SPDX-License-Identifier: Apache-2.0
// A deadline for bytes that move, renewed with every `Renewal` of them. A peer that sends or takes
// one byte now and then cannot hold a connection for ever, and what moved quickly earns nothing for
// later.
#pragma once

#include <chrono>
#include <cstddef>

namespace portico::loop {

class Pace {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr std::size_t Renewal = 64 * 1024;

  /// Waiting begins, unless it has begun.
  void begin(Time now, Time patience) noexcept {
    if (deadline_ != Time::max()) return;
    deadline_ = now + patience;
    moved_ = 0;
  }
  /// Bytes have moved while somebody waited or not.
  void moved(Time now, Time patience, std::size_t bytes) noexcept {
    moved_ += bytes;
    if (deadline_ == Time::max() || moved_ < Renewal) return;
    deadline_ = now + patience;
    moved_ = 0;
  }
  void end() noexcept { deadline_ = Time::max(); }
  [[nodiscard]] Time deadline() const noexcept { return deadline_; }

 private:
  Time deadline_ = Time::max();
  std::size_t moved_ = 0;
};

}  // namespace portico::loop
