// SPDX-License-Identifier: Apache-2.0
// Points in time of the tables: microseconds since 1970, as in their columns. Nothing here reads a
// clock: who calls says when it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace portico {
inline namespace shared {

using Time = std::chrono::microseconds;

[[nodiscard]] inline std::optional<std::int64_t> count_of(std::optional<Time> time) noexcept {
  return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
}
[[nodiscard]] inline std::optional<Time> time_of(std::optional<std::int64_t> count) noexcept {
  return count ? std::optional<Time>(*count) : std::nullopt;
}

}  // namespace shared
}  // namespace portico
