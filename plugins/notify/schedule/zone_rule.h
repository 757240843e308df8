// SPDX-License-Identifier: Apache-2.0
// How a zone changes in each year to come: "CET-1CEST,M3.5.0,M10.5.0/3", as POSIX and RFC 8536
// write it. A value, any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::notify::schedule {

class ZoneRule {
 public:
  struct Span {
    std::chrono::sys_seconds begin;
    std::chrono::sys_seconds end;
    std::chrono::seconds offset;
    std::chrono::seconds offset_before;
  };

  /// A day in each year.
  struct YearDay {
    enum class Kind : std::uint8_t { Julian, DayOfYear, WeekdayOfMonth };
    Kind kind = Kind::DayOfYear;
    unsigned day = 0;  ///< Julian: 1 to 365, without February 29. DayOfYear: 0 to 365.
    unsigned month = 1;
    unsigned week = 1;  ///< 5: the last.
    unsigned weekday = 0;
    std::chrono::seconds time{
        0};  ///< From midnight by the clock before the change; may be below 0.
  };

  [[nodiscard]] static std::optional<ZoneRule> parse(std::string_view text);

  [[nodiscard]] Span span_at(std::chrono::sys_seconds time) const;

 private:
  friend class ZoneRuleText;

  std::chrono::seconds standard_{0};
  std::chrono::seconds summer_{0};
  bool changes_ = false;
  YearDay summer_begins_;
  YearDay summer_ends_;
};

/// Before and after all that is asked for.
inline constexpr std::chrono::sys_seconds Beginning{std::chrono::seconds(-(std::int64_t{1} << 50))};
inline constexpr std::chrono::sys_seconds End{std::chrono::seconds(std::int64_t{1} << 50)};

}  // namespace portico::notify::schedule
