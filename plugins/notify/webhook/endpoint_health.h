// SPDX-License-Identifier: Apache-2.0
// Since when an endpoint fails, and for how long it may. Pure; times are since 1970.
#pragma once

#include <chrono>
#include <optional>

namespace portico::notify::webhook {

inline constexpr std::chrono::hours DisableAfter{120};

/// After an attempt: nothing once one went through, else when the first of the failures was.
[[nodiscard]] constexpr std::optional<std::chrono::microseconds> failing_since(
    std::optional<std::chrono::microseconds> before, bool delivered,
    std::chrono::microseconds now) noexcept {
  if (delivered) return std::nullopt;
  return before ? before : now;
}

[[nodiscard]] constexpr bool failing_too_long(
    std::optional<std::chrono::microseconds> since, std::chrono::microseconds now,
    std::chrono::microseconds most = DisableAfter) noexcept {
  return since && now - *since >= most;
}

}  // namespace portico::notify::webhook
