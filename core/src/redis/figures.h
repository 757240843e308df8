// SPDX-License-Identifier: Apache-2.0
// What one loop counts of one Redis. Written by that loop, read by any thread.
#pragma once

#include "redis/reply.h"
#include "services/metrics/duration_histogram.h"
#include "services/metrics/tally.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace portico::redis {

struct Figures {
  static constexpr std::size_t Reasons = 4;  ///< Of `Away`.

  services::Tally answered;
  services::Tally refused;  ///< Answered with an error.
  std::array<services::Tally, Reasons> away;
  services::DurationHistogram latency;  ///< Of what was answered.
  services::Tally opened;               ///< Connections that came to stand.
  services::Tally closed;
  services::Tally messages;  ///< Heard on channels.

  void count(Away why) noexcept { away[static_cast<std::size_t>(why)].add(); }
};

/// Of all loops.
struct Sums {
  std::uint64_t answered = 0;
  std::uint64_t refused = 0;
  std::array<std::uint64_t, Figures::Reasons> away{};
  services::DurationHistogram::Sums latency;
  std::uint64_t opened = 0;
  std::uint64_t closed = 0;
  std::uint64_t messages = 0;
};

}  // namespace portico::redis
