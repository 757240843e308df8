// SPDX-License-Identifier: Apache-2.0
// Consistent hashing: endpoints stand on a ring, many times each, and a key belongs to the one that
// comes next. When an endpoint comes or goes, only its own keys move.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portico::proxy {

class Ring {
 public:
  struct Member {
    std::uint64_t id = 0;  ///< The same for the same endpoint, always.
    std::uint32_t weight = 1;
    std::uint32_t index = 0;  ///< What `at` finds.
  };

  Ring() = default;
  explicit Ring(std::span<const Member> members);

  [[nodiscard]] bool empty() const noexcept { return points_.empty(); }
  /// Calls `wants(index)` for the endpoint of that key, then for those behind it, until it says
  /// true; each may be asked more than once. False when none was wanted.
  template <class Wants>
  bool walk(std::uint64_t key, Wants wants) const {
    const std::size_t first = find(key);
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const std::size_t at = first + i < points_.size() ? first + i : first + i - points_.size();
      if (wants(points_[at].index)) return true;
    }
    return false;
  }

 private:
  struct Point {
    std::uint64_t place;
    std::uint32_t index;
  };
  /// The point at or behind the key; the first where none is.
  [[nodiscard]] std::size_t find(std::uint64_t key) const noexcept;

  std::vector<Point> points_;
};

}  // namespace portico::proxy
