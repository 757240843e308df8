// SPDX-License-Identifier: Apache-2.0
// What a hash by Argon2 costs, and between which bounds an operator may set it. Values, any thread.
#pragma once

#include <cstdint>

namespace portico::auth {

/// The default is OWASP's floor: a hash takes 19 MiB and about 20 ms.
struct Cost {
  std::uint32_t memory = 19456;  ///< KiB.
  std::uint32_t passes = 2;
  std::uint32_t lanes = 1;

  bool operator==(const Cost&) const = default;
};

// What the settings accept. Below the least of memory a card of a few hundred euros guesses too
// fast; above the most a handful of logins fills a small machine.
inline constexpr std::uint32_t LeastMemory = 7168;
inline constexpr std::uint32_t MostMemory = 131072;
inline constexpr std::uint32_t MostPasses = 10;
inline constexpr std::uint32_t MostLanes = 4;

[[nodiscard]] constexpr bool may_be_set(const Cost& cost) noexcept {
  return cost.memory >= LeastMemory && cost.memory <= MostMemory && cost.passes >= 1 &&
         cost.passes <= MostPasses && cost.lanes >= 1 && cost.lanes <= MostLanes;
}

/// Of a hash that was made elsewhere: it may be weaker, for it lives until the next login, but it
/// may not take more than ours.
[[nodiscard]] constexpr bool may_be_imported(const Cost& cost) noexcept {
  return cost.lanes >= 1 && cost.lanes <= MostLanes && cost.passes >= 1 &&
         cost.passes <= MostPasses && cost.memory >= 8 * cost.lanes && cost.memory <= MostMemory;
}

}  // namespace portico::auth
