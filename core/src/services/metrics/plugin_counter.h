// SPDX-License-Identifier: Apache-2.0
// One counter for each plugin, under one name. Adding looks nothing up but for the first time that
// a plugin is counted.
#pragma once

#include "services/metrics/registry.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico::services {

class PluginCounter {
 public:
  /// Plugins have numbers below this one.
  static constexpr std::size_t MostPlugins = 1024;

  PluginCounter(MetricRegistry& registry, std::string_view name, std::string_view help)
      : registry_(registry), name_(name), help_(help) {}

  /// Any thread. `plugin` is the name of that number.
  void add(std::uint16_t number, std::string_view plugin) noexcept;

 private:
  MetricRegistry& registry_;
  const std::string name_;
  const std::string help_;
  std::array<std::atomic<Counter*>, MostPlugins> counters_{};
};

}  // namespace portico::services
