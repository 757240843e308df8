// SPDX-License-Identifier: Apache-2.0
// Windows that time falls into, numbered: every so many seconds since 1970, calendar days, or
// calendar months, both in UTC.
#pragma once

#include "limits/bucket.h"

#include <chrono>
#include <cstdint>

namespace portico::ratelimit {

enum class Calendar : std::uint8_t { Day, Month };

class Period {
 public:
  /// Requires at least a second.
  explicit constexpr Period(std::chrono::seconds length) noexcept
      : kind_(Kind::Seconds), length_(length.count() * Second) {}
  explicit constexpr Period(Calendar calendar) noexcept
      : kind_(calendar == Calendar::Day ? Kind::Seconds : Kind::Months),
        by_wall_(true),
        length_(calendar == Calendar::Day ? Day : 31 * Day) {}

  /// The time that it goes by.
  [[nodiscard]] constexpr std::int64_t time(const Moment& moment) const noexcept {
    return by_wall_ ? moment.unix : moment.steady;
  }
  [[nodiscard]] constexpr std::uint32_t number(std::int64_t time) const noexcept {
    if (kind_ == Kind::Seconds) return static_cast<std::uint32_t>(time / length_);
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(time / Day))};
    return static_cast<std::uint32_t>((static_cast<int>(date.year()) - 1970) * 12 +
                                      static_cast<int>(static_cast<unsigned>(date.month())) - 1);
  }
  /// When the window of that number is over.
  [[nodiscard]] constexpr std::int64_t end(std::uint32_t number) const noexcept {
    if (kind_ == Kind::Seconds) return (std::int64_t{number} + 1) * length_;
    const std::int64_t next = std::int64_t{number} + 1;
    const std::chrono::year year(1970 + static_cast<int>(next / 12));
    const std::chrono::month month(static_cast<unsigned>(next % 12) + 1);
    return std::chrono::sys_days(year / month / 1).time_since_epoch().count() * Day;
  }
  /// Whether all of them are of one length.
  [[nodiscard]] constexpr bool is_even() const noexcept { return kind_ == Kind::Seconds; }
  /// The longest one.
  [[nodiscard]] constexpr std::int64_t length() const noexcept { return length_; }

 private:
  enum class Kind : std::uint8_t { Seconds, Months };
  static constexpr std::int64_t Day = 86'400 * Second;

  Kind kind_;
  bool by_wall_ = false;
  std::int64_t length_;
};

}  // namespace portico::ratelimit
