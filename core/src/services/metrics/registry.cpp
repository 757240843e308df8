// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/registry.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <type_traits>

namespace portico::services {
namespace {

using Type = Exposition::Type;

constexpr std::string_view Other = "other";

[[noreturn]] void refuse(std::string_view what, std::string_view name) {
  throw std::invalid_argument(std::string(what) + ": \"" + base::escape_control(name) + '"');
}

[[nodiscard]] bool is_label_name(std::string_view name) {
  if (name.empty() || base::is_digit(name.front())) return false;
  return std::ranges::all_of(
      name, [](char c) { return base::is_letter(c) || base::is_digit(c) || c == '_'; });
}

[[nodiscard]] bool is_metric_name(std::string_view name) {
  std::string plain(name);
  std::ranges::replace(plain, ':', '_');
  return is_label_name(plain);
}

[[nodiscard]] std::vector<double> checked(std::span<const double> bounds, std::string_view name) {
  std::vector<double> own(bounds.begin(), bounds.end());
  if (own.empty()) {
    for (const auto bound : DurationHistogram::Bounds) {
      own.push_back(std::chrono::duration<double>(bound).count());
    }
  }
  const bool ascend = std::ranges::adjacent_find(own, std::greater_equal()) == own.end();
  if (!ascend || !std::ranges::all_of(own, [](double bound) { return std::isfinite(bound); })) {
    refuse("the bounds of a histogram must ascend", name);
  }
  if (own.size() > MetricRegistry::MostBounds) refuse("a histogram has too many bounds", name);
  return own;
}

[[nodiscard]] std::string_view checked_value(std::string_view value) {
  const bool sound =
      value.size() <= MetricRegistry::LongestValue && !base::find_invalid_utf8(value);
  return sound ? value : Other;
}

}  // namespace

MetricRegistry::Family& MetricRegistry::family(std::string_view name, Type type,
                                               std::string_view help,
                                               std::span<const double> bounds) {
  const auto found = families_.find(name);
  if (found == families_.end()) {
    if (!is_metric_name(name)) refuse("not the name of a metric", name);
    Family made{type, std::string(help), {}, {}};
    if (type == Type::Histogram) made.bounds = checked(bounds, name);
    return families_.emplace(name, std::move(made)).first->second;
  }
  if (found->second.type != type) refuse("a metric of another kind has this name", name);
  return found->second;
}

template <class State>
State& MetricRegistry::find(Family& family, MetricLabels labels) {
  OwnLabels own;
  for (const MetricLabel& label : labels) {
    // "le" is the histogram's own, and two underscores begin those of the scraper.
    if (!is_label_name(label.name) || label.name == "le" || label.name.starts_with("__")) {
      refuse("not the name of a label", label.name);
    }
    own.emplace_back(label.name, checked_value(label.value));
  }
  std::ranges::sort(own);
  using Pair = OwnLabels::value_type;
  const auto twice = std::ranges::adjacent_find(own, std::ranges::equal_to(), &Pair::first);
  if (twice != own.end()) refuse("a label was given twice", twice->first);
  if (family.series.size() >= MostSeries && !family.series.contains(own)) {
    for (auto& [name, value] : own) value = Other;
  }
  const auto [place, is_new] = family.series.try_emplace(std::move(own));
  if (is_new) {
    if constexpr (std::is_same_v<State, HistogramState>) {
      place->second = std::make_unique<State>(family.bounds);
    } else {
      place->second = std::make_unique<State>();
    }
  }
  return *std::get<std::unique_ptr<State>>(place->second);
}

Counter& MetricRegistry::counter(std::string_view name, std::string_view help,
                                 MetricLabels labels) {
  const std::lock_guard lock(mutex_);
  return find<CounterState>(family(name, Type::Counter, help, {}), labels);
}

Gauge& MetricRegistry::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  const std::lock_guard lock(mutex_);
  return find<GaugeState>(family(name, Type::Gauge, help, {}), labels);
}

Histogram& MetricRegistry::histogram(std::string_view name, std::string_view help,
                                     std::span<const double> bounds, MetricLabels labels) {
  const std::lock_guard lock(mutex_);
  return find<HistogramState>(family(name, Type::Histogram, help, bounds), labels);
}

void MetricRegistry::expose(Exposition& exposition) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [name, family] : families_) {
    if (!exposition.family(name, family.type, family.help)) continue;
    for (const auto& [own, series] : family.series) {
      std::vector<Label> labels;
      for (const auto& [label, value] : own) labels.push_back({label, value});
      const std::span<const Label> shown(labels);
      if (const auto* counter = std::get_if<std::unique_ptr<CounterState>>(&series)) {
        exposition.sample_of(shown, (*counter)->value());
      } else if (const auto* gauge = std::get_if<std::unique_ptr<GaugeState>>(&series)) {
        exposition.sample_of(shown, (*gauge)->value());
      } else {
        const HistogramState& histogram = *std::get<std::unique_ptr<HistogramState>>(series);
        const HistogramState::Sums sums = histogram.sums();
        exposition.sample_of(shown, histogram.bounds(), sums.counts, sums.sum);
      }
    }
  }
}

double MetricRegistry::total(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = families_.find(name);
  if (found == families_.end()) return 0;
  double sum = 0;
  for (const auto& [labels, series] : found->second.series) {
    if (const auto* counter = std::get_if<std::unique_ptr<CounterState>>(&series)) {
      sum += static_cast<double>((*counter)->value());
    } else if (const auto* gauge = std::get_if<std::unique_ptr<GaugeState>>(&series)) {
      sum += (*gauge)->value();
    } else {
      sum += static_cast<double>(std::get<std::unique_ptr<HistogramState>>(series)->count());
    }
  }
  return sum;
}

}  // namespace portico::services
