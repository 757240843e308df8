// SPDX-License-Identifier: Apache-2.0
// The patterns of one book that match one permission, those that are denied and those that are
// allowed, by their numbers in that book: in another book these mean nothing. Found once for a
// permission, and used for every decision about it.
#pragma once

#include "model/role.h"
#include "model/segments.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace portico::rbac {

/// No permission of n segments is matched by more patterns: each segment may be itself or "*", and
/// behind each but the last, or before them all, "**" may take the rest.
[[nodiscard]] constexpr std::size_t most_matches(std::size_t segments) noexcept {
  std::size_t count = std::size_t{1} << segments;
  for (std::size_t named = 0; named < segments; ++named) count += std::size_t{1} << named;
  return count;
}
static_assert(most_matches(2) == 7 && most_matches(3) == 15);

class Matches {
 public:
  static constexpr std::size_t Most = most_matches(Segments::Most);
  static_assert(Most == 31);

  /// Requires that there are fewer than `Most` of that effect.
  void add(Effect effect, std::uint32_t pattern) noexcept {
    List& list = lists_[place(effect)];
    list.numbers[list.size++] = pattern;
  }

  /// Lives as long as this.
  [[nodiscard]] std::span<const std::uint32_t> of(Effect effect) const& noexcept {
    const List& list = lists_[place(effect)];
    return {list.numbers.data(), list.size};
  }
  void of(Effect effect) && = delete;

 private:
  struct List {
    std::uint32_t size = 0;
    std::array<std::uint32_t, Most> numbers;
  };

  static std::size_t place(Effect effect) noexcept { return static_cast<std::size_t>(effect); }

  std::array<List, 2> lists_;
};

}  // namespace portico::rbac
