// SPDX-License-Identifier: Apache-2.0
// What becomes of a mail after SendGrid answered, or did not. Pure; now is given.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico::notify::sendgrid {

/// Headers are empty where they did not come.
struct Answer {
  int status = 0;  ///< 0: there was none.
  std::string_view retry_after{};
  std::string_view rate_limit_reset{};  ///< X-RateLimit-Reset: seconds since 1970.
};

struct Verdict {
  enum class Kind : std::uint8_t {
    Sent,   ///< Accepted. Whether it arrived is told by the service's events.
    Later,  ///< Again, after `wait` at the earliest.
    Never,  ///< The same mail would be refused again.
  };

  Kind kind;
  std::chrono::microseconds wait;  ///< 0 where the service does not say.
  std::string_view reason;         ///< A stable word.

  bool operator==(const Verdict&) const = default;
};

/// However long the service asks us to wait.
inline constexpr std::chrono::hours LongestWait{24};

[[nodiscard]] Verdict verdict_of(const Answer& answer, std::chrono::microseconds now);

}  // namespace portico::notify::sendgrid
