// SPDX-License-Identifier: Apache-2.0
// Metrics by name: those of plugins, and those of core that are no lane's. Each is made once, on
// first use of its name and labels, and stays at its address until the registry goes: whoever holds
// a reference uses it without looking anything up.
#pragma once

#include "services/metrics/exposition.h"
#include "services/metrics/series.h"

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace portico::services {

class MetricRegistry {
 public:
  /// Of one name. What would be more is one series, whose labels say "other".
  static constexpr std::size_t MostSeries = 100;
  /// Of a label's value; a longer one is "other".
  static constexpr std::size_t LongestValue = 128;
  static constexpr std::size_t MostBounds = 64;

  // Found by name and labels; the help and the bounds of the first call stay. They throw
  // std::invalid_argument when the name is not [a-zA-Z_:][a-zA-Z0-9_:]*, that of a label not
  // [a-zA-Z_][a-zA-Z0-9_]*, when there is a metric of another kind under that name, and when bounds
  // do not ascend.
  [[nodiscard]] Counter& counter(std::string_view name, std::string_view help,
                                 MetricLabels labels = {});
  [[nodiscard]] Gauge& gauge(std::string_view name, std::string_view help,
                             MetricLabels labels = {});
  /// Without bounds, those of durations in seconds.
  [[nodiscard]] Histogram& histogram(std::string_view name, std::string_view help,
                                     std::span<const double> bounds, MetricLabels labels = {});

  /// All of them, sorted by name, then by labels. A name that the page has already is left out.
  void expose(Exposition& exposition) const;
  /// The sum over all labels: of counts, of values, of how many were observed. 0 for no metric.
  [[nodiscard]] double total(std::string_view name) const;

 private:
  using OwnLabels = std::vector<std::pair<std::string, std::string>>;
  using Series = std::variant<std::unique_ptr<CounterState>, std::unique_ptr<GaugeState>,
                              std::unique_ptr<HistogramState>>;
  struct Family {
    Exposition::Type type;
    std::string help;
    std::vector<double> bounds;
    std::map<OwnLabels, Series> series;
  };

  Family& family(std::string_view name, Exposition::Type type, std::string_view help,
                 std::span<const double> bounds);
  template <class State>
  State& find(Family& family, MetricLabels labels);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace portico::services
