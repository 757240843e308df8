// SPDX-License-Identifier: Apache-2.0
// Lines that somebody has formatted already and a log writes out among its own. All functions are
// for the log's writer.
#pragma once

#include <cstddef>
#include <string_view>

namespace portico::services {

struct LogFeed {
  virtual ~LogFeed() = default;
  /// Whole lines that wait, the same until `taken`; empty when there are none.
  [[nodiscard]] virtual std::string_view lines() noexcept = 0;
  /// So many bytes of them are out, or lost for good.
  virtual void taken(std::size_t size) noexcept = 0;
};

}  // namespace portico::services
