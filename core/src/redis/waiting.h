// SPDX-License-Identifier: Apache-2.0
// Commands in the order in which their replies will come.
#pragma once

#include "redis/line.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace portico::redis {

struct Waiting {
  Asker* asker = nullptr;  ///< Null: nobody wants the reply any more.
  Command command{};
  std::chrono::nanoseconds asked{0};
  std::chrono::nanoseconds deadline{0};
  bool by_text = false;  ///< The script itself was sent.
  bool overdue = false;
};

/// A ring that grows. A place is a number that no later command has.
class WaitingLine {
 public:
  [[nodiscard]] bool empty() const noexcept { return first_ == end_; }
  [[nodiscard]] std::size_t size() const noexcept {
    return static_cast<std::size_t>(end_ - first_);
  }
  [[nodiscard]] std::uint64_t first() const noexcept { return first_; }
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }
  /// Requires a place between `first` and `end`.
  [[nodiscard]] Waiting& at(std::uint64_t place) noexcept { return ring_[place & mask()]; }

  /// Returns its place. Throws std::bad_alloc.
  std::uint64_t push(const Waiting& waiting) {
    if (size() == ring_.size()) grow();
    ring_[end_ & mask()] = waiting;
    return end_++;
  }
  Waiting pop() noexcept { return ring_[first_++ & mask()]; }

 private:
  static constexpr std::size_t FirstRoom = 64;

  [[nodiscard]] std::size_t mask() const noexcept { return ring_.size() - 1; }
  void grow() {
    std::vector<Waiting> larger(ring_.empty() ? FirstRoom : 2 * ring_.size());
    for (std::uint64_t place = first_; place != end_; ++place) {
      larger[place & (larger.size() - 1)] = at(place);
    }
    ring_ = std::move(larger);
  }

  std::vector<Waiting> ring_;  // A power of two.
  std::uint64_t first_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace portico::redis
