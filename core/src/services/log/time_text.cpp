// SPDX-License-Identifier: Apache-2.0
#include "services/log/time_text.h"

namespace portico::services {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::string_view Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct Moment {
  explicit Moment(seconds second)
      : day(std::chrono::floor<std::chrono::days>(second)),
        date(std::chrono::sys_days(day)),
        clock(second - day) {}

  void put_clock(Line& line) const {
    line.put_digits(static_cast<std::uint64_t>(clock.hours().count()), 2);
    line.put(':');
    line.put_digits(static_cast<std::uint64_t>(clock.minutes().count()), 2);
    line.put(':');
    line.put_digits(static_cast<std::uint64_t>(clock.seconds().count()), 2);
  }
  [[nodiscard]] std::uint64_t year() const {
    return static_cast<std::uint64_t>(static_cast<int>(date.year()));
  }
  [[nodiscard]] unsigned month() const { return static_cast<unsigned>(date.month()); }
  [[nodiscard]] unsigned day_of_month() const { return static_cast<unsigned>(date.day()); }

  std::chrono::days day;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<seconds> clock;
};

void write_rfc3339(const Moment& moment, Line line) {
  line.put_digits(moment.year(), 4);
  line.put('-');
  line.put_digits(moment.month(), 2);
  line.put('-');
  line.put_digits(moment.day_of_month(), 2);
  line.put('T');
  moment.put_clock(line);
  line.put('.');
}

void write_combined(const Moment& moment, Line line) {
  line.put_digits(moment.day_of_month(), 2);
  line.put('/');
  line.put(Months.substr(std::size_t{3} * (moment.month() - 1), 3));
  line.put('/');
  line.put_digits(moment.year(), 4);
  line.put(':');
  moment.put_clock(line);
  line.put(" +0000");
}

}  // namespace

void TimeText::follow(microseconds unix_time) noexcept {
  const auto second = std::chrono::floor<seconds>(unix_time);
  if (second == second_) return;
  second_ = second;
  const Moment moment(second);
  write_rfc3339(moment, Line(rfc3339_));
  write_combined(moment, Line(combined_));
}

void TimeText::put_rfc3339(Line& line, microseconds unix_time) noexcept {
  follow(unix_time);
  const auto within = std::chrono::duration_cast<std::chrono::milliseconds>(unix_time - second_);
  line.put(std::string_view(rfc3339_.data(), rfc3339_.size()));
  line.put_digits(static_cast<std::uint64_t>(within.count()), 3);
  line.put('Z');
}

void TimeText::put_combined(Line& line, microseconds unix_time) noexcept {
  follow(unix_time);
  line.put(std::string_view(combined_.data(), combined_.size()));
}

}  // namespace portico::services
