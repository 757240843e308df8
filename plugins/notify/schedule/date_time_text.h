// SPDX-License-Identifier: Apache-2.0
// Times as RFC 5545 writes them. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace portico::notify::schedule {

struct DateTime {
  std::chrono::seconds time;  ///< Since 1970, in UTC or by the clock of some zone.
  bool local;
};

/// "20261231T220000Z", "20261231T220000" by the local clock, or "20261231": the last second of that
/// day by the local clock. Years from 1970 to 2999.
[[nodiscard]] std::optional<DateTime> read_date_time(std::string_view text);

}  // namespace portico::notify::schedule
