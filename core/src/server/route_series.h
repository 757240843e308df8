// SPDX-License-Identifier: Apache-2.0
// What one lane counts of one route. Written by that lane alone, read when metrics are asked for.
#pragma once

#include "services/metrics/duration_histogram.h"
#include "services/metrics/tally.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace portico::server {

class alignas(64) RouteSeries {
 public:
  /// Different statuses that are counted by themselves; the rest are counted together.
  static constexpr std::size_t MostCodes = 16;

  struct Ended {
    unsigned code = 0;
    std::chrono::nanoseconds duration{0};
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
  };
  void ended(const Ended& exchange) noexcept;
  /// Of what no chain answered: nobody knows how long it took.
  void refused(unsigned code) noexcept;

  struct Sums {
    std::map<unsigned, std::uint64_t> codes;  ///< 0: any other.
    services::DurationHistogram::Sums durations;
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
  };
  void add_to(Sums& sums) const;

 private:
  [[nodiscard]] services::Tally& tally_of(unsigned code) noexcept;

  std::array<std::atomic<std::uint16_t>, MostCodes> codes_{};  // In the order of appearance.
  std::array<services::Tally, MostCodes> counts_;
  services::DurationHistogram durations_;
  services::Tally received_;
  services::Tally sent_;
  services::Tally others_;
};

/// By pipeline::Chain::series.
using SeriesTable = std::vector<std::shared_ptr<RouteSeries>>;

}  // namespace portico::server
