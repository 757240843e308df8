// SPDX-License-Identifier: Apache-2.0
// How long things took, counted by one thread in fixed steps.
#pragma once

#include "services/metrics/tally.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portico::services {

class DurationHistogram {
 public:
  using Time = std::chrono::nanoseconds;
  /// Of a gateway: from what a reply of its own takes to what people give up on.
  static constexpr std::array<Time, 13> Bounds = {
      Time(500'000),       Time(1'000'000),   Time(2'500'000),     Time(5'000'000),
      Time(10'000'000),    Time(25'000'000),  Time(50'000'000),    Time(100'000'000),
      Time(250'000'000),   Time(500'000'000), Time(1'000'000'000), Time(2'500'000'000),
      Time(10'000'000'000)};

  struct Sums {
    std::array<std::uint64_t, Bounds.size() + 1>
        counts{};  ///< Each step alone; the last has no bound.
    std::uint64_t nanoseconds = 0;
  };

  void add(Time duration) noexcept {
    std::size_t step = 0;
    while (step < Bounds.size() && duration > Bounds[step]) ++step;
    counts_[step].add();
    nanoseconds_.add(static_cast<std::uint64_t>(duration.count() > 0 ? duration.count() : 0));
  }
  void add_to(Sums& sums) const noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) sums.counts[i] += counts_[i].value();
    sums.nanoseconds += nanoseconds_.value();
  }

 private:
  std::array<Tally, Bounds.size() + 1> counts_;
  Tally nanoseconds_;
};

}  // namespace portico::services
