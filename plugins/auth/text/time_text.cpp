// SPDX-License-Identifier: Apache-2.0
#include "text/time_text.h"

#include <array>
#include <cstdio>

namespace portico::auth {

std::string time_text(std::chrono::microseconds since_1970) {
  using namespace std::chrono;
  const auto since_midnight = since_1970 - floor<days>(since_1970);
  const year_month_day date(sys_days(floor<days>(since_1970)));
  const hh_mm_ss time(floor<milliseconds>(since_midnight));
  std::array<char, 48> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
      static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
      static_cast<int>(time.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace portico::auth
