// SPDX-License-Identifier: Apache-2.0
#include "cli/run/crash_text.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>

namespace portico::cli {

CrashText& CrashText::add(std::string_view text) noexcept {
  const std::size_t taken = std::min(text.size(), space_.size() - size_);
  std::memcpy(space_.data() + size_, text.data(), taken);
  size_ += taken;
  return *this;
}

CrashText& CrashText::add(std::uint64_t number) noexcept { return add_padded(number, 1); }

CrashText& CrashText::add_padded(std::uint64_t number, std::size_t digits) noexcept {
  std::array<char, 24> space;
  const char* const end = std::to_chars(space.begin(), space.end(), number).ptr;
  const auto size = static_cast<std::size_t>(end - space.begin());
  for (std::size_t i = size; i < digits; ++i) add("0");
  return add({space.data(), size});
}

CrashText& CrashText::add_hex(std::uint64_t number) noexcept {
  std::array<char, 24> space;
  const char* const end = std::to_chars(space.begin(), space.end(), number, 16).ptr;
  return add("0x").add({space.data(), static_cast<std::size_t>(end - space.begin())});
}

/// gmtime_r is not for handlers of signals.
void add_time(CrashText& text, std::int64_t seconds, const TimeMarks& marks) noexcept {
  using namespace std::chrono;
  const sys_seconds moment{std::chrono::seconds(seconds)};
  const sys_days day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss time(moment - day);
  const auto number = [](auto value) { return static_cast<std::uint64_t>(value); };
  text.add_padded(number(static_cast<int>(date.year())), 4).add(marks.date);
  text.add_padded(number(static_cast<unsigned>(date.month())), 2).add(marks.date);
  text.add_padded(number(static_cast<unsigned>(date.day())), 2).add(marks.middle);
  text.add_padded(number(time.hours().count()), 2).add(marks.time);
  text.add_padded(number(time.minutes().count()), 2).add(marks.time);
  text.add_padded(number(time.seconds().count()), 2);
}

}  // namespace portico::cli
