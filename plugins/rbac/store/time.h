// SPDX-License-Identifier: Apache-2.0
// Points in time of the tables: microseconds since 1970, as in their columns; zero where a column
// is null. Nothing here reads a clock: who calls says when it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace portico::rbac {

using Time = std::chrono::microseconds;

[[nodiscard]] inline std::optional<std::int64_t> count_of(Time time) noexcept {
  return time == Time{0} ? std::nullopt : std::optional(std::int64_t{time.count()});
}
[[nodiscard]] inline Time time_of(std::optional<std::int64_t> count) noexcept {
  return Time(count.value_or(0));
}

}  // namespace portico::rbac
