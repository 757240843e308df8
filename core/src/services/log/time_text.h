// SPDX-License-Identifier: Apache-2.0
// The time of a log line, made anew when the second changes: as RFC 3339 writes it and as the
// combined log format does. In UTC. For one thread.
#pragma once

#include "services/log/line.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace portico::services {

class TimeText {
 public:
  /// 2026-01-31T12:00:00.123Z
  void put_rfc3339(Line& line, std::chrono::microseconds unix_time) noexcept;
  /// 31/Jan/2026:12:00:00 +0000
  void put_combined(Line& line, std::chrono::microseconds unix_time) noexcept;

 private:
  void follow(std::chrono::microseconds unix_time) noexcept;

  static constexpr std::size_t Rfc3339Size = 20;   // 2026-01-31T12:00:00.
  static constexpr std::size_t CombinedSize = 26;  // 31/Jan/2026:12:00:00 +0000

  std::chrono::seconds second_ = std::chrono::seconds::min();
  std::array<char, Rfc3339Size> rfc3339_{};
  std::array<char, CombinedSize> combined_{};
};

}  // namespace portico::services
