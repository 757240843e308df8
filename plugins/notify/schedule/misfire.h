// SPDX-License-Identifier: Apache-2.0
// What becomes of times that passed while nobody looked. Pure; now is given.
#pragma once

#include "schedule/schedule.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace portico::notify {

/// What is late by more than `OnTime` was missed.
enum class Misfire : std::uint8_t {
  Skip,  ///< What was missed is left out.
  Once,  ///< If something was missed and nothing is on time, the first of it comes now.
  All,   ///< All of it comes, the oldest first, as many at once as the limit allows.
};

inline constexpr std::chrono::seconds OnTime{60};

struct Due {
  std::vector<std::chrono::microseconds> fire;  ///< Ascending.
  /// When to look again: the first one that is neither fired nor left out. Not after now where the
  /// limit cut it short; nothing where none is to come.
  std::optional<std::chrono::microseconds> next;
};

/// Of the times after `last` (what was fired last, or the creation) up to now. A clock that was put
/// back fires nothing again. Throws std::invalid_argument for a limit of 0.
[[nodiscard]] Due due(const Schedule& schedule, std::chrono::microseconds last,
                      std::chrono::microseconds now, Misfire misfire, std::size_t limit);

}  // namespace portico::notify
