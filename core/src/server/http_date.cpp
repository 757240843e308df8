// SPDX-License-Identifier: Apache-2.0
#include "server/http_date.h"

#include <algorithm>

namespace portico::server {
namespace {

constexpr std::string_view Days = "SunMonTueWedThuFriSat";
constexpr std::string_view Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

char* put(char* to, std::string_view text) { return std::copy(text.begin(), text.end(), to); }

char* put_number(char* to, unsigned value, int digits) {
  for (int i = digits; i-- > 0; value /= 10) to[i] = static_cast<char>('0' + value % 10);
  return to + digits;
}

}  // namespace

void HttpDate::write(std::chrono::seconds second) noexcept {
  second_ = second;
  const std::chrono::sys_seconds time(second);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char* to = text_.data();
  to = put(to, Days.substr(3 * std::chrono::weekday(day).c_encoding(), 3));
  to = put_number(put(to, ", "), static_cast<unsigned>(date.day()), 2);
  to = put(put(to, " "), Months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3));
  to = put_number(put(to, " "), static_cast<unsigned>(static_cast<int>(date.year())), 4);
  to = put_number(put(to, " "), static_cast<unsigned>(clock.hours().count()), 2);
  to = put_number(put(to, ":"), static_cast<unsigned>(clock.minutes().count()), 2);
  to = put_number(put(to, ":"), static_cast<unsigned>(clock.seconds().count()), 2);
  put(to, " GMT");
}

}  // namespace portico::server
