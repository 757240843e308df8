// SPDX-License-Identifier: Apache-2.0
// Reads a line of cron. Pure.
#pragma once

#include "schedule/cron.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace portico::notify::schedule {

class CronText {
 public:
  [[nodiscard]] std::variant<Cron, Fault> line(std::string_view text);

 private:
  /// What a field may hold.
  struct Kind {
    std::string_view name;
    unsigned least;
    unsigned most;
    std::span<const std::string_view> words{};  ///< The first stands for `least`.
  };

  [[nodiscard]] bool field(std::string_view text, const Kind& kind, Cron::Field& field);
  [[nodiscard]] bool item(std::string_view text, const Kind& kind, Cron::Field& field);
  [[nodiscard]] std::optional<unsigned> value(std::string_view text, const Kind& kind);
  bool refuse(const Kind& kind, std::string_view why);

  std::string fault_;
};

}  // namespace portico::notify::schedule
