// SPDX-License-Identifier: Apache-2.0
// What a plugin measures; /metrics shows it. Made by `Host::counter`, `gauge` and `histogram`, best
// in the constructor: finding one takes a lock, using it does not. Every function may be called on
// any thread.
#pragma once

#include <portico/api.h>

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace portico {

/// Tells series of one name apart: {"upstream", "bookings"}. Names are letters, digits and '_'.
/// Values that anybody may choose, such as paths, have no place here: a name has 100 series, and
/// what comes later goes into one more, whose labels say "other".
struct MetricLabel {
  std::string_view name;
  std::string_view value;
};
using MetricLabels = std::initializer_list<MetricLabel>;

/// A counter that only grows. `add` is a relaxed atomic addition.
class PORTICO_API Counter {
 public:
  void add(std::uint64_t amount = 1) noexcept;
  [[nodiscard]] std::uint64_t value() const noexcept;

  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

 protected:
  Counter() noexcept = default;
  ~Counter() = default;
};

/// A value that goes up and down.
class PORTICO_API Gauge {
 public:
  void set(double value) noexcept;
  void add(double amount) noexcept;
  [[nodiscard]] double value() const noexcept;

  Gauge(const Gauge&) = delete;
  Gauge& operator=(const Gauge&) = delete;

 protected:
  Gauge() noexcept = default;
  ~Gauge() = default;
};

/// How values spread: how many of them were not above each of its bounds, and their sum.
class PORTICO_API Histogram {
 public:
  void observe(double value) noexcept;
  /// How many were observed.
  [[nodiscard]] std::uint64_t count() const noexcept;

  Histogram(const Histogram&) = delete;
  Histogram& operator=(const Histogram&) = delete;

 protected:
  Histogram() noexcept = default;
  ~Histogram() = default;
};

}  // namespace portico
