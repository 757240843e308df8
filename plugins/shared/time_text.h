// SPDX-License-Identifier: Apache-2.0
// Times as bodies write them: RFC 3339. Pure.
#pragma once

#include "shared/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

/// In UTC, with milliseconds: "2026-01-31T09:05:00.250Z".
[[nodiscard]] std::string time_text(Time since_1970);
/// Nothing for no time.
[[nodiscard]] inline std::optional<std::string> maybe_time_text(Time time) {
  return time == Time{0} ? std::nullopt : std::optional(time_text(time));
}

/// With "Z" or an offset, from 1970 to 9999; of fractions, microseconds count. Nothing for what is
/// no such time.
[[nodiscard]] std::optional<Time> parse_time(std::string_view text) noexcept;

}  // namespace shared
}  // namespace portico
