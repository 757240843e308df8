// SPDX-License-Identifier: Apache-2.0
// Zones of time by their names, "Europe/Berlin", from the system's tzdata. Immutable, any thread;
// nothing here looks at the zone of the process.
#pragma once

#include "schedule/zone_rule.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::notify::schedule {

class Zone {
 public:
  /// While it lasts, the clock on the wall goes evenly.
  struct Period {
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;  ///< The first second that is no longer in it.
    std::chrono::seconds offset;   ///< What is added to UTC.
    std::chrono::seconds offset_before;

    [[nodiscard]] std::chrono::local_seconds shown(std::chrono::sys_seconds time) const noexcept {
      return std::chrono::local_seconds(time.time_since_epoch() + offset);
    }
    /// What the clock shows as it begins, what it would have shown without the change, and what
    /// it would show at the end.
    [[nodiscard]] std::chrono::local_seconds first_shown() const noexcept { return shown(begin); }
    [[nodiscard]] std::chrono::local_seconds shown_before() const noexcept {
      return std::chrono::local_seconds(begin.time_since_epoch() + offset_before);
    }
    [[nodiscard]] std::chrono::local_seconds end_shown() const noexcept { return shown(end); }
  };

  /// Null where there is no such zone. A zone is read once and kept, so that news of tzdata wait
  /// for the next start. "UTC" is always there.
  [[nodiscard]] static std::shared_ptr<const Zone> find(std::string_view name);

  /// From the bytes of a file in the form of RFC 8536, version 2 or later; null where they are not.
  [[nodiscard]] static std::shared_ptr<const Zone> read(std::string_view file);

  [[nodiscard]] Period period_at(std::chrono::sys_seconds time) const;
  [[nodiscard]] std::chrono::local_seconds shown(std::chrono::sys_seconds time) const {
    return period_at(time).shown(time);
  }

 private:
  friend class ZoneFile;

  std::chrono::seconds first_offset_{0};
  std::vector<std::chrono::sys_seconds> changes_;  // Ascending.
  std::vector<std::chrono::seconds> offsets_;      // From that change on.
  std::optional<ZoneRule> rule_;                   // After the last change.
};

}  // namespace portico::notify::schedule
