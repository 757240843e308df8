// SPDX-License-Identifier: Apache-2.0
// Times as a test writes and prints them: "2026-03-29 01:00", in UTC.
#pragma once

#include "schedule/schedule.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::notify {

/// With seconds or without.
[[nodiscard]] std::chrono::microseconds utc(std::string_view text);
[[nodiscard]] std::string text_of(std::chrono::microseconds time);

/// Throw where the schedule is refused.
[[nodiscard]] Schedule cron(std::string_view line, std::string_view zone = "UTC");
[[nodiscard]] Schedule rrule(std::string_view text, std::string_view start,
                             std::string_view zone = "UTC");

/// The next `count` times after `after`, fewer where it ends.
[[nodiscard]] std::vector<std::string> times_after(const Schedule& schedule, std::string_view after,
                                                   std::size_t count);

}  // namespace portico::notify
