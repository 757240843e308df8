// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/counters.h"

#include "base/text.h"

#include <algorithm>
#include <stdexcept>

namespace portico {

// Every Counter is a CounterState: nothing else can be made from it.
void Counter::add(std::uint64_t amount) noexcept {
  static_cast<services::CounterState*>(this)->value_.fetch_add(amount, std::memory_order_relaxed);
}

std::uint64_t Counter::value() const noexcept {
  return static_cast<const services::CounterState*>(this)->value_.load(std::memory_order_relaxed);
}

namespace services {
namespace {

[[nodiscard]] bool is_metric_name(std::string_view name) {
  if (name.empty() || base::is_digit(name.front())) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '_' || c == ':';
  });
}

}  // namespace

Counter& CounterRegistry::counter(std::string_view name, std::string_view help,
                                  std::string_view plugin) {
  if (!is_metric_name(name)) {
    throw std::invalid_argument("not the name of a metric: \"" + base::escape_control(name) + '"');
  }
  const std::lock_guard lock(mutex_);
  auto& counter = counters_[{std::string(name), std::string(plugin)}];
  if (counter == nullptr) counter = std::make_unique<CounterState>(std::string(help));
  return *counter;
}

std::vector<CounterRegistry::Sample> CounterRegistry::snapshot() const {
  const std::lock_guard lock(mutex_);
  std::vector<Sample> samples;
  samples.reserve(counters_.size());
  for (const auto& [key, counter] : counters_) {
    samples.push_back({key.first, key.second, counter->help(), counter->value()});
  }
  return samples;
}

}  // namespace services
}  // namespace portico
