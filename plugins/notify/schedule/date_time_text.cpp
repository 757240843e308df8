// SPDX-License-Identifier: Apache-2.0
#include "schedule/date_time_text.h"

#include "schedule/text.h"

namespace portico::notify::schedule {

using namespace std::chrono;

namespace {

std::optional<seconds> read_time(std::string_view text) {
  const auto hour = read_number(text.substr(0, 2));
  const auto minute = read_number(text.substr(2, 2));
  const auto second = read_number(text.substr(4, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return hours(*hour) + minutes(*minute) + seconds(*second);
}

std::optional<seconds> read_date(std::string_view text) {
  const auto y = read_number(text.substr(0, 4));
  const auto m = read_number(text.substr(4, 2));
  const auto d = read_number(text.substr(6, 2));
  if (!y || !m || !d || *y < 1970 || *y > 2999) return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)),
                            day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch();
}

}  // namespace

std::optional<DateTime> read_date_time(std::string_view text) {
  const bool dated = text.size() == 8;
  const bool utc = text.size() == 16 && upper(text[15]) == 'Z';
  if (!dated && !utc && text.size() != 15) return std::nullopt;
  const auto date = read_date(text);
  if (!date) return std::nullopt;
  if (dated) return DateTime{*date + hours(24) - seconds(1), true};
  const auto time = read_time(text.substr(9));
  if (upper(text[8]) != 'T' || !time) return std::nullopt;
  return DateTime{*date + *time, !utc};
}

}  // namespace portico::notify::schedule
