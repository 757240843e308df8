// SPDX-License-Identifier: Apache-2.0
// A line of cron's five fields: minute, hour, day of the month, month, day of the week. Immutable,
// any thread.
//
// As cron has it: where both kinds of day are restricted one of them is enough, and a field that
// begins with * is not restricted. What is refused rather than guessed: a step behind a single
// number, a range that goes back, a line that never comes (February 30), seconds, `L`, `W`, `#`,
// `?` and "@reboot".
#pragma once

#include "schedule/fault.h"
#include "schedule/pattern.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace portico::notify::schedule {

class Cron final : public Pattern {
 public:
  [[nodiscard]] static std::variant<Cron, Fault> parse(std::string_view text);

  [[nodiscard]] std::optional<std::chrono::local_seconds> next(
      std::chrono::local_seconds from) const override;

  /// With each hour of the day in it, it goes by real hours and minutes.
  [[nodiscard]] bool each_time_shown() const noexcept override;

 private:
  /// Bit n is the number n.
  struct Field {
    std::uint64_t bits = 0;
    bool any = false;  ///< It begins with *.

    [[nodiscard]] bool has(unsigned n) const noexcept { return (bits >> n & 1U) != 0; }
    /// At least `from`.
    [[nodiscard]] std::optional<unsigned> first(unsigned from) const noexcept;
  };
  friend class CronText;

  Cron() = default;
  [[nodiscard]] bool has_day(std::chrono::year_month_day date) const noexcept;
  [[nodiscard]] bool possible() const noexcept;
  /// Of a day, at least `from`.
  [[nodiscard]] std::optional<std::chrono::minutes> first_minute(std::chrono::minutes from) const;

  Field minutes_, hours_, days_, months_, weekdays_;
};

}  // namespace portico::notify::schedule
