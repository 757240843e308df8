// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/plugin_counter.h"

#include <exception>

namespace portico::services {

void PluginCounter::add(std::uint16_t number, std::string_view plugin) noexcept {
  if (number >= MostPlugins) return;
  Counter* counter = counters_[number].load(std::memory_order_acquire);
  if (counter == nullptr) {
    try {
      counter = &registry_.counter(name_, help_, {{"plugin", plugin}});
    } catch (const std::exception&) {
      return;  // It goes uncounted; who counts must not fail.
    }
    counters_[number].store(counter, std::memory_order_release);
  }
  counter->add();
}

}  // namespace portico::services
