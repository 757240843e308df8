// SPDX-License-Identifier: Apache-2.0
// What is counted of one database, by the names of statements. Any thread.
#pragma once

#include "services/metrics/duration_histogram.h"
#include <portico/sql.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::sql {

class Figures {
 public:
  /// Names beyond these are counted as one, "other": somebody makes them from data.
  static constexpr std::size_t MostNames = 1000;

  void count(std::string_view statement, std::chrono::nanoseconds took, bool failed);
  void count_retry() noexcept;
  void count_slow() noexcept;

  struct OfStatement {
    std::string name;
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    services::DurationHistogram::Sums durations;
  };
  struct Sums {
    std::vector<OfStatement> statements;  ///< In the order of their names.
    std::uint64_t retries = 0;            ///< Of transactions that others were in the way of.
    std::uint64_t slow = 0;
  };
  [[nodiscard]] Sums sums() const;

 private:
  struct Entry {
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    services::DurationHistogram durations;
  };

  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint64_t retries_ = 0;
  std::uint64_t slow_ = 0;
};

}  // namespace portico::sql
