// SPDX-License-Identifier: Apache-2.0
// Reads a ZoneRule. A value of its own, any thread.
#pragma once

#include "schedule/zone_rule.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace portico::notify::schedule {

class ZoneRuleText {
 public:
  explicit ZoneRuleText(std::string_view text) noexcept : rest_(text) {}

  /// Nothing where the text is another.
  [[nodiscard]] std::optional<ZoneRule> rule();

 private:
  [[nodiscard]] bool take(char c) noexcept;
  /// "CET", or "<+0330>".
  [[nodiscard]] bool name() noexcept;
  [[nodiscard]] std::optional<unsigned> number(unsigned least, unsigned most) noexcept;
  /// "-3:30", with a sign or without.
  [[nodiscard]] std::optional<std::chrono::seconds> time() noexcept;
  [[nodiscard]] std::optional<ZoneRule::YearDay> day() noexcept;
  [[nodiscard]] bool month_week_day(ZoneRule::YearDay& day) noexcept;

  std::string_view rest_;
};

}  // namespace portico::notify::schedule
