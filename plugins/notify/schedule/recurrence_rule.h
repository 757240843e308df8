// SPDX-License-Identifier: Apache-2.0
// The parts of an RRULE, RFC 5545. A value.
#pragma once

#include "schedule/fault.h"

#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify::schedule {

enum class Frequency : std::uint8_t { Minutely, Hourly, Daily, Weekly, Monthly, Yearly };

/// Numbers from the front, and from the back: -1 is the last.
template <std::size_t Most>
struct Ordinals {
  std::bitset<Most + 1> front, back;

  [[nodiscard]] bool empty() const noexcept { return front.none() && back.none(); }
  /// Whether `n` of `count` is among them, or there are none.
  [[nodiscard]] bool admits(std::size_t n, std::size_t count) const noexcept {
    return empty() || front[n] || back[count + 1 - n];
  }
};

struct RecurrenceRule {
  /// "FR", or with `ordinal` "-1FR": the last Friday.
  struct Day {
    int ordinal = 0;  ///< 0: each.
    std::chrono::weekday weekday;
  };
  /// `local`: by the clock of the zone, else UTC.
  struct Until {
    std::chrono::seconds time{0};
    bool local = false;
  };

  Frequency frequency = Frequency::Daily;
  int interval = 1;
  std::optional<int> count;
  std::optional<Until> until;
  std::chrono::weekday week_start = std::chrono::Monday;

  // Empty: not restricted.
  std::bitset<13> months;
  Ordinals<53> weeks;
  Ordinals<366> year_days;
  Ordinals<31> month_days;
  std::vector<Day> days;
  std::bitset<24> hours;
  std::bitset<60> minutes;
  std::optional<int> second;
  std::vector<int> positions;

  /// With "RRULE:" before it, or without. Refused, beside what is no rule: SECONDLY and more than
  /// one BYSECOND, for nobody is to be told each second; and what is not in RFC 5545.
  [[nodiscard]] static std::variant<RecurrenceRule, Fault> parse(std::string_view text);
};

}  // namespace portico::notify::schedule
