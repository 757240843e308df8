// SPDX-License-Identifier: Apache-2.0
#include "condition/clock_time.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace portico::rbac::condition {
namespace {

constexpr int MostOffset = 14 * 60;
constexpr std::array<std::string_view, 7> Names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// "hh:mm" of any hour that has two digits.
std::optional<int> parse_hours_and_minutes(std::string_view text) noexcept {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto digit = [text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const auto number = [text](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  if (number(3) > 59) return std::nullopt;
  return number(0) * 60 + number(3);
}

}  // namespace

ClockTime clock_time(std::chrono::microseconds since_1970, int offset) noexcept {
  constexpr std::int64_t MicrosecondsOfMinute = 60'000'000;
  constexpr std::int64_t MinutesOfWeek = std::int64_t{7} * MinutesOfDay;
  constexpr std::int64_t FirstDay = std::int64_t{3} * MinutesOfDay;  // 1970 began on a Thursday.
  // Rounded down, before 1970 too.
  std::int64_t minutes = since_1970.count() / MicrosecondsOfMinute;
  if (since_1970.count() % MicrosecondsOfMinute < 0) --minutes;
  std::int64_t of_week = (minutes + FirstDay + offset) % MinutesOfWeek;
  if (of_week < 0) of_week += MinutesOfWeek;
  return {static_cast<int>(of_week / MinutesOfDay), static_cast<int>(of_week % MinutesOfDay)};
}

bool Hours::contain(std::chrono::microseconds since_1970) const noexcept {
  const int minute = clock_time(since_1970, offset).minute;
  if (from < to) return from <= minute && minute < to;
  return from <= minute || minute < to;
}

bool Weekdays::contain(std::chrono::microseconds since_1970) const noexcept {
  return (days >> static_cast<unsigned>(clock_time(since_1970, offset).weekday) & 1U) != 0;
}

std::optional<int> parse_minute(std::string_view text) noexcept {
  const auto minute = parse_hours_and_minutes(text);
  return minute && *minute < MinutesOfDay ? minute : std::nullopt;
}

std::optional<int> parse_offset(std::string_view text) noexcept {
  if (text == "Z") return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  const auto minutes = parse_hours_and_minutes(text.substr(1));
  if (!minutes || *minutes > MostOffset) return std::nullopt;
  return text.front() == '+' ? *minutes : -*minutes;
}

std::optional<int> parse_weekday(std::string_view text) noexcept {
  const auto* const name = std::find(Names.begin(), Names.end(), text);
  if (name == Names.end()) return std::nullopt;
  return static_cast<int>(name - Names.begin());
}

std::string text_of_minute(int minute) {
  const auto two = [](int number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  return two(minute / 60) + ':' + two(minute % 60);
}

std::string text_of_offset(int offset) {
  if (offset == 0) return "Z";
  return (offset < 0 ? '-' : '+') + text_of_minute(std::abs(offset));
}

std::string_view name_of_weekday(int weekday) noexcept {
  return Names[static_cast<std::size_t>(weekday)];
}

}  // namespace portico::rbac::condition
