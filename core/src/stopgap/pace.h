// SPDX-License-Identifier: Apache-2.0
// A deadline for bytes that move: a base, and a second more for each KiB. A peer that sends or
// takes one byte now and then cannot hold a connection for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace portico::stopgap {

class Pace {
 public:
  using Time = std::chrono::nanoseconds;

  /// Waiting begins, unless it has begun.
  void begin(Time now, Time patience) noexcept {
    if (!deadline_) deadline_ = now + patience;
  }
  void moved(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t Rate = 1024;
    if (deadline_) *deadline_ += Time(std::chrono::seconds(1)) * bytes / Rate;
  }
  void end() noexcept { deadline_.reset(); }
  [[nodiscard]] Time deadline() const noexcept { return deadline_.value_or(Time::max()); }

 private:
  std::optional<Time> deadline_;
};

}  // namespace portico::stopgap
