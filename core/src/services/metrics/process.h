// SPDX-License-Identifier: Apache-2.0
// What the process costs, under the names that Prometheus' own clients use.
#pragma once

#include "services/metrics/exposition.h"

#include <chrono>
#include <cstdint>

namespace portico::services {

/// What could not be read is zero.
struct ProcessFacts {
  std::chrono::nanoseconds cpu{0};
  std::uint64_t resident_bytes = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t open_files = 0;
  std::uint64_t most_files = 0;  ///< The limit; zero: none.

  [[nodiscard]] static ProcessFacts now();
};

void expose_process(Exposition& exposition, std::chrono::microseconds started);

}  // namespace portico::services
