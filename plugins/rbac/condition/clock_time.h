// SPDX-License-Identifier: Apache-2.0
// Hours of the day and days of the week, on a clock that is a fixed offset away from UTC. There are
// no names of time zones: their rules change with the machine's tables, and a condition would mean
// something else on another node. Values, any thread, no allocation but where a text is made.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::rbac::condition {

inline constexpr int MinutesOfDay = 24 * 60;

/// What a clock shows.
struct ClockTime {
  int weekday = 0;  ///< 0: Monday.
  int minute = 0;   ///< Of the day.
};
[[nodiscard]] ClockTime clock_time(std::chrono::microseconds since_1970, int offset) noexcept;

/// From `from` on and before `to`; over midnight where `to` is the earlier one.
struct Hours {
  int from = 0;
  int to = 0;
  int offset = 0;  ///< Minutes east of UTC.

  [[nodiscard]] bool contain(std::chrono::microseconds since_1970) const noexcept;
  bool operator==(const Hours&) const = default;
};

struct Weekdays {
  std::uint8_t days = 0;  ///< A bit for each, Monday's the lowest.
  int offset = 0;

  [[nodiscard]] bool contain(std::chrono::microseconds since_1970) const noexcept;
  bool operator==(const Weekdays&) const = default;
};

/// "06:30", up to "23:59": minutes of the day.
[[nodiscard]] std::optional<int> parse_minute(std::string_view text) noexcept;
/// "Z", or "+01:00" up to 14 hours either way.
[[nodiscard]] std::optional<int> parse_offset(std::string_view text) noexcept;
/// "mon" to "sun".
[[nodiscard]] std::optional<int> parse_weekday(std::string_view text) noexcept;

[[nodiscard]] std::string text_of_minute(int minute);
[[nodiscard]] std::string text_of_offset(int offset);
[[nodiscard]] std::string_view name_of_weekday(int weekday) noexcept;

}  // namespace portico::rbac::condition
