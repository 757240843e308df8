// SPDX-License-Identifier: Apache-2.0
// Reads an RRULE. A value of its own, any thread.
#pragma once

#include "schedule/recurrence_rule.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify::schedule {

class RecurrenceText {
 public:
  [[nodiscard]] std::variant<RecurrenceRule, Fault> rule(std::string_view text);

 private:
  using Reader = bool (RecurrenceText::*)(std::string_view value);
  struct Part {
    std::string_view name;
    Reader read;
  };
  static const Part Parts[];

  /// False where it found a fault, as all below.
  bool part(std::string_view text);
  bool refuse(std::string sentence);
  /// What holds between the parts.
  bool agrees();
  bool days_agree();

  bool frequency(std::string_view value);
  bool interval(std::string_view value);
  bool count(std::string_view value);
  bool until(std::string_view value);
  bool week_start(std::string_view value);
  bool months(std::string_view value);
  bool weeks(std::string_view value);
  bool year_days(std::string_view value);
  bool month_days(std::string_view value);
  bool days(std::string_view value);
  bool hours(std::string_view value);
  bool minutes(std::string_view value);
  bool seconds(std::string_view value);
  bool positions(std::string_view value);

  /// "1,2,-3": each from `least` to `most`, or its negative where `back`.
  enum class Signs { None, Back };
  std::optional<std::vector<int>> list(std::string_view value, int least, int most, Signs signs);
  template <std::size_t Most>
  bool ordinals(std::string_view value, Ordinals<Most>& into);

  RecurrenceRule rule_;
  std::vector<std::string_view> seen_;
  std::string_view name_;
  std::string fault_;
};

}  // namespace portico::notify::schedule
