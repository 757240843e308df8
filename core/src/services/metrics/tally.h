// SPDX-License-Identifier: Apache-2.0
// A count that one thread keeps and any may read: a load and a store, where an atomic addition
// would lock the bus.
#pragma once

#include <atomic>
#include <cstdint>

namespace portico::services {

class Tally {
 public:
  void add(std::uint64_t amount = 1) noexcept {
    value_.store(value() + amount, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const noexcept {
    return value_.load(std::memory_order_relaxed);
  }

 private:
  std::atomic<std::uint64_t> value_{0};
};

}  // namespace portico::services
