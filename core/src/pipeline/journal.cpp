// SPDX-License-Identifier: Apache-2.0
#include "pipeline/journal.h"

#include <array>
#include <cstddef>

namespace portico::pipeline {

Journal::~Journal() = default;

void Journal::held(std::uint16_t, Turn, std::chrono::nanoseconds) noexcept {}

std::string_view word(Turn turn) noexcept {
  static constexpr std::array<std::string_view, 10> Words = {
      "rule",    "start",         "then",           "job",      "handler", "after",
      "finally", "request stage", "response stage", "keep open"};
  return Words[static_cast<std::size_t>(turn)];
}

}  // namespace portico::pipeline
