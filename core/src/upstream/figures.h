// SPDX-License-Identifier: Apache-2.0
// What is counted of one endpoint: by every loop, in relaxed additions. It lives on while a newer
// configuration names the same one.
#pragma once

#include <portico/upstream.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portico::upstream {

struct Figures {
  static constexpr std::size_t Outcomes = static_cast<std::size_t>(Try::How::Left) + 1;

  void count(Try::How how) noexcept {
    tries[static_cast<std::size_t>(how)].fetch_add(1, std::memory_order_relaxed);
  }
  /// How long the endpoint took to an answer's head.
  void answered_in(std::chrono::nanoseconds time) noexcept {
    answer_time.fetch_add(static_cast<std::uint64_t>(time.count()), std::memory_order_relaxed);
  }

  std::array<std::atomic<std::uint64_t>, Outcomes> tries{};
  std::atomic<std::uint64_t> answer_time{0};  ///< Nanoseconds, of all answered tries.
  std::atomic<std::uint64_t> opened{0};       ///< Connections that were begun.
  std::atomic<std::int64_t> resting{0};       ///< Connections that wait for a request.
  /// Requests under way. A picker that goes by it accepts that it moves meanwhile.
  std::atomic<std::uint32_t> load{0};
};

}  // namespace portico::upstream
