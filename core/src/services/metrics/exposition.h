// SPDX-License-Identifier: Apache-2.0
// Metrics as Prometheus reads them: its text format, version 0.0.4. A family is begun, then come
// its samples.
#pragma once

#include "services/metrics/duration_histogram.h"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace portico::services {

struct Label {
  std::string_view name;
  std::string_view value;  ///< Any UTF-8.
};
using Labels = std::initializer_list<Label>;

class Exposition {
 public:
  enum class Type : std::uint8_t { Counter, Gauge, Histogram };
  static constexpr std::string_view ContentType = "text/plain; version=0.0.4; charset=utf-8";

  explicit Exposition(std::string& out) noexcept : out_(out) {}

  /// False, and nothing is written, when there was a family of that name already: a scraper refuses
  /// a page that has one twice.
  bool family(std::string_view name, Type type, std::string_view help);

  // Of the family begun last.
  void sample(Labels labels, std::uint64_t value);
  void sample(Labels labels, double value);
  void sample(Labels labels, const DurationHistogram::Sums& sums);
  // The same, of labels that are no list in the source.
  using LabelSpan = std::span<const Label>;
  void sample_of(LabelSpan labels, std::uint64_t value);
  void sample_of(LabelSpan labels, double value);
  /// Of a histogram: counts of each step alone, of which there is one more than bounds.
  void sample_of(LabelSpan labels, std::span<const double> bounds,
                 std::span<const std::uint64_t> counts, double sum);
  template <std::integral T>
  void sample(Labels labels, T value) {
    sample(labels, static_cast<std::uint64_t>(value));
  }

  /// A family of one sample without labels.
  template <class Value>
  void single(std::string_view name, Type type, std::string_view help, Value value) {
    if (family(name, type, help)) sample({}, value);
  }

 private:
  void begin(std::string_view suffix, LabelSpan labels, std::string_view bound = {});
  void end(std::uint64_t value);
  void end(double value);

  std::string& out_;
  std::set<std::string, std::less<>> names_;
  std::string name_;
};

}  // namespace portico::services
