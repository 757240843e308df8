// SPDX-License-Identifier: Apache-2.0
// The moment until which somebody waits. A value.
#pragma once

#include <algorithm>
#include <chrono>

namespace portico::notify::smtp {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] static Deadline after(std::chrono::milliseconds time) noexcept {
    return Deadline(Clock::now() + time);
  }

  /// The earlier of this one and that far from now.
  [[nodiscard]] Deadline within(std::chrono::milliseconds time) const noexcept {
    return Deadline(std::min(at_, Clock::now() + time));
  }
  /// Zero once it has passed. Rounded up: who waits so long does not wake before it.
  [[nodiscard]] std::chrono::milliseconds left() const noexcept {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - Clock::now());
    return std::max(left, std::chrono::milliseconds(0));
  }
  [[nodiscard]] Clock::time_point at() const noexcept { return at_; }

 private:
  explicit Deadline(Clock::time_point at) noexcept : at_(at) {}

  Clock::time_point at_;
};

}  // namespace portico::notify::smtp
