// SPDX-License-Identifier: Apache-2.0
// Truth in three values, by Kleene's tables: what is unknown stays so unless the rest decides. Any
// thread.
#pragma once

#include <cstdint>

namespace portico::rbac {

enum class Truth : std::uint8_t { No, Yes, Unknown };

namespace condition {

[[nodiscard]] constexpr Truth truth_of(bool holds) noexcept {
  return holds ? Truth::Yes : Truth::No;
}

[[nodiscard]] constexpr Truth negated(Truth truth) noexcept {
  if (truth == Truth::Unknown) return truth;
  return truth_of(truth == Truth::No);
}

[[nodiscard]] constexpr Truth both(Truth left, Truth right) noexcept {
  if (left == Truth::No || right == Truth::No) return Truth::No;
  return left == Truth::Unknown ? left : right;
}

[[nodiscard]] constexpr Truth either(Truth left, Truth right) noexcept {
  return negated(both(negated(left), negated(right)));
}

}  // namespace condition
}  // namespace portico::rbac
