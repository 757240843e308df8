// SPDX-License-Identifier: Apache-2.0
// The one class behind each of the SDK's metrics. On cache lines of their own: loops use different
// ones without disturbing each other.
#pragma once

#include <portico/metrics.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace portico::services {

class alignas(64) CounterState final : public Counter {
  friend class portico::Counter;
  std::atomic<std::uint64_t> value_{0};
};

class alignas(64) GaugeState final : public Gauge {
  friend class portico::Gauge;
  std::atomic<double> value_{0};
};

class alignas(64) HistogramState final : public Histogram {
 public:
  /// What was observed so far: not all of one moment, but no count without its observation.
  struct Sums {
    std::vector<std::uint64_t> counts;  ///< Each step alone; the last has no bound.
    double sum = 0;
  };

  explicit HistogramState(std::vector<double> bounds)
      : bounds_(std::move(bounds)),
        counts_(std::make_unique<std::atomic<std::uint64_t>[]>(bounds_.size() + 1)) {}
  [[nodiscard]] std::span<const double> bounds() const noexcept { return bounds_; }
  [[nodiscard]] Sums sums() const;

 private:
  friend class portico::Histogram;
  const std::vector<double> bounds_;  // Ascending.
  const std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
  std::atomic<double> sum_{0};
};

}  // namespace portico::services
