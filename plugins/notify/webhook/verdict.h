// SPDX-License-Identifier: Apache-2.0
// What becomes of a message after an endpoint answered, or did not. Pure; time and chance are
// given.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::notify::webhook {

/// What is waited after the first attempt, the second, and so on; ten attempts in all.
inline constexpr std::array<std::chrono::seconds, 9> BackOff{
    std::chrono::seconds(5), std::chrono::minutes(5), std::chrono::minutes(30),
    std::chrono::hours(2),   std::chrono::hours(5),   std::chrono::hours(10),
    std::chrono::hours(14),  std::chrono::hours(20),  std::chrono::hours(24)};

/// However long a receiver asks us to wait.
inline constexpr std::chrono::hours LongestWait{24};

struct Attempt {
  unsigned number;                ///< 1 is the first.
  std::chrono::microseconds now;  ///< Since 1970.
  double chance;                  ///< At least 0, below 1; another one each time.
};

struct Verdict {
  enum class Kind : std::uint8_t {
    Delivered,
    Later,    ///< Again after `wait`.
    GiveUp,   ///< That was the last attempt.
    Disable,  ///< The receiver wants nothing any more: not this message, and no other.
  };

  Kind kind;
  std::chrono::microseconds wait;  ///< 0 unless `Later`.
  std::string_view reason;         ///< A stable word. "delivered" unless it failed.

  bool operator==(const Verdict&) const = default;
};

/// `status` 0: there was no answer. A redirect is a failure like any other: followed, it could lead
/// into the operator's network. `retry_after` is the header's value or empty; 429 and 503 are
/// heard.
[[nodiscard]] Verdict verdict_of(int status, std::string_view retry_after, const Attempt& attempt,
                                 std::span<const std::chrono::seconds> back_off = BackOff);

}  // namespace portico::notify::webhook
