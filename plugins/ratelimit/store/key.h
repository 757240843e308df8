// SPDX-License-Identifier: Apache-2.0
// Whose bucket it is: 128 bits of a keyed hash. What was hashed is not kept.
#pragma once

#include <compare>
#include <cstdint>

namespace portico::ratelimit {

struct Key {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend auto operator<=>(const Key&, const Key&) = default;
  /// Of the same subject, for one of several limits.
  friend constexpr Key operator^(const Key& left, const Key& right) noexcept {
    return {left.low ^ right.low, left.high ^ right.high};
  }
};

}  // namespace portico::ratelimit
