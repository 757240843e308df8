// SPDX-License-Identifier: Apache-2.0
// How many requests may be sent again: a share of those that came. When everything fails, retries
// would otherwise multiply the load on what has just broken down under it.
#pragma once

#include <atomic>
#include <cstdint>

namespace portico::proxy {

/// A bucket that each request fills by its share. Every loop uses it; nobody waits.
class RetryBudget {
 public:
  /// Retries that are free at once, so that a failure is survived also where requests are few.
  static constexpr std::int64_t Reserve = 10;

  /// One more request came; `percent` of one may be repeated for it. Writes nothing while full.
  void earn(std::uint32_t percent) noexcept {
    if (tokens_.load(std::memory_order_relaxed) >= Full) return;
    tokens_.fetch_add(percent, std::memory_order_relaxed);
  }
  /// Whether one may be repeated now; takes it.
  [[nodiscard]] bool spend() noexcept {
    std::int64_t have = tokens_.load(std::memory_order_relaxed);
    while (have >= One) {
      if (tokens_.compare_exchange_weak(have, have - One, std::memory_order_relaxed)) return true;
    }
    return false;
  }

 private:
  static constexpr std::int64_t One = 100;
  static constexpr std::int64_t Full = Reserve * One;

  std::atomic<std::int64_t> tokens_{Full};
};

}  // namespace portico::proxy
