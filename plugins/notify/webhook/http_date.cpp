// SPDX-License-Identifier: Apache-2.0
#include "webhook/http_date.h"

#include "shared/ascii.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace portico::notify::webhook {
namespace {

/// Digits are at the places of zeros; all else is as it stands, but for letters.
constexpr std::string_view Form = "Day, 00 Mon 0000 00:00:00 GMT";
constexpr std::string_view Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool has_form(std::string_view text) {
  if (text.size() != Form.size() || !text.ends_with(" GMT")) return false;
  for (std::size_t i = 0; i < Form.size(); ++i) {
    const bool fits = Form[i] == '0'       ? is_digit(text[i])
                      : is_letter(Form[i]) ? is_letter(text[i])
                                           : text[i] == Form[i];
    if (!fits) return false;
  }
  return true;
}

int number(std::string_view text, std::size_t at, std::size_t size) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + size, value);
  return value;
}

}  // namespace

std::optional<std::chrono::seconds> read_http_date(std::string_view text) noexcept {
  if (!has_form(text)) return std::nullopt;
  const std::size_t month = Months.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(number(text, 12, 4)),
      std::chrono::month(static_cast<unsigned>(month / 3 + 1)),
      std::chrono::day(static_cast<unsigned>(number(text, 5, 2)))};
  const int hour = number(text, 17, 2);
  const int minute = number(text, 20, 2);
  const int second = number(text, 23, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
}

}  // namespace portico::notify::webhook
