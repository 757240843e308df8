// SPDX-License-Identifier: Apache-2.0
// Counters by name. A counter is made once, on first use of its name, and stays at its address
// until the registry goes: whoever holds a reference adds without looking anything up.
#pragma once

#include <portico/host.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::services {

/// The one class behind the SDK's `Counter`. On a cache line of its own: loops add to different
/// counters without disturbing each other.
class alignas(64) CounterState final : public Counter {
 public:
  explicit CounterState(std::string help) : help_(std::move(help)) {}
  [[nodiscard]] const std::string& help() const noexcept { return help_; }

 private:
  friend class portico::Counter;
  std::atomic<std::uint64_t> value_{0};
  std::string help_;
};

class CounterRegistry {
 public:
  struct Sample {
    std::string name;
    std::string plugin;  ///< Its label; empty: it has none.
    std::string help;
    std::uint64_t value;
  };

  /// The counter of that name, or that name's of one plugin. The help of the first call stays.
  /// Throws std::invalid_argument when the name is not [a-zA-Z_:][a-zA-Z0-9_:]*.
  [[nodiscard]] Counter& counter(std::string_view name, std::string_view help,
                                 std::string_view plugin = {});
  /// All of them, sorted by name, then by plugin.
  [[nodiscard]] std::vector<Sample> snapshot() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<CounterState>> counters_;
};

}  // namespace portico::services
