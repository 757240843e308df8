// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/series.h"

#include <algorithm>

// Every Counter is a CounterState, every Gauge a GaugeState, every Histogram a HistogramState:
// nothing else can be made from them.

namespace portico {

using services::CounterState;
using services::GaugeState;
using services::HistogramState;

void Counter::add(std::uint64_t amount) noexcept {
  static_cast<CounterState*>(this)->value_.fetch_add(amount, std::memory_order_relaxed);
}

std::uint64_t Counter::value() const noexcept {
  return static_cast<const CounterState*>(this)->value_.load(std::memory_order_relaxed);
}

void Gauge::set(double value) noexcept {
  static_cast<GaugeState*>(this)->value_.store(value, std::memory_order_relaxed);
}

void Gauge::add(double amount) noexcept {
  static_cast<GaugeState*>(this)->value_.fetch_add(amount, std::memory_order_relaxed);
}

double Gauge::value() const noexcept {
  return static_cast<const GaugeState*>(this)->value_.load(std::memory_order_relaxed);
}

void Histogram::observe(double value) noexcept {
  auto& self = static_cast<HistogramState&>(*this);
  const auto step = std::lower_bound(self.bounds_.begin(), self.bounds_.end(), value);
  const auto index = static_cast<std::size_t>(step - self.bounds_.begin());
  self.counts_[index].fetch_add(1, std::memory_order_relaxed);
  self.sum_.fetch_add(value, std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const noexcept {
  const auto& self = static_cast<const HistogramState&>(*this);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i <= self.bounds_.size(); ++i) {
    count += self.counts_[i].load(std::memory_order_relaxed);
  }
  return count;
}

namespace services {

HistogramState::Sums HistogramState::sums() const {
  Sums sums;
  sums.counts.reserve(bounds_.size() + 1);
  for (std::size_t i = 0; i <= bounds_.size(); ++i) {
    sums.counts.push_back(counts_[i].load(std::memory_order_relaxed));
  }
  sums.sum = sum_.load(std::memory_order_relaxed);
  return sums;
}

}  // namespace services
}  // namespace portico
