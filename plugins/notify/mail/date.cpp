// SPDX-License-Identifier: Apache-2.0
#include "mail/date.h"

#include <array>
#include <cstdio>
#include <stdexcept>

namespace portico::notify::mail {
namespace {

// In English, whatever the locale.
constexpr std::array Days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array Months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string date_text(std::chrono::system_clock::time_point time) {
  using namespace std::chrono;
  const auto midnight = floor<days>(time);
  const year_month_day date(midnight);
  if (date.year() < year(1900) || date.year() > year(9999)) {
    throw std::invalid_argument("The date of the message is not of this time.");
  }
  const hh_mm_ss clock(floor<seconds>(time - midnight));
  std::array<char, 64> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
      Days.at(weekday(midnight).c_encoding()), static_cast<unsigned>(date.day()),
      Months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace portico::notify::mail
