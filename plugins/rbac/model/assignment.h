// SPDX-License-Identifier: Apache-2.0
// A role that somebody has: where, and from when until when.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace portico::rbac {

struct Assignment {
  static constexpr std::string_view Everywhere = "*";

  std::int64_t role;
  std::string scope{Everywhere};
  std::chrono::microseconds not_before{0};  ///< Since 1970; counts from then on. 0: from ever.
  std::chrono::microseconds expires{0};     ///< Counts until just before. 0: for ever.

  [[nodiscard]] bool everywhere() const noexcept { return scope == Everywhere; }
  [[nodiscard]] bool reaches(std::string_view asked) const noexcept {
    return everywhere() || scope == asked;
  }
  [[nodiscard]] bool begun(std::chrono::microseconds now) const noexcept {
    return not_before.count() == 0 || not_before <= now;
  }
  [[nodiscard]] bool ended(std::chrono::microseconds now) const noexcept {
    return expires.count() != 0 && expires <= now;
  }
  [[nodiscard]] bool counts(std::string_view asked, std::chrono::microseconds now) const noexcept {
    return reaches(asked) && begun(now) && !ended(now);
  }
  /// Counts whatever the scope and the time.
  [[nodiscard]] bool always() const noexcept {
    return everywhere() && not_before.count() == 0 && expires.count() == 0;
  }

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

}  // namespace portico::rbac
