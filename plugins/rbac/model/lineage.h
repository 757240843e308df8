// SPDX-License-Identifier: Apache-2.0
// A role and all that it inherits from, by their places in the book. A view of a book's inheritance
// (inheritance.h); any thread.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>

namespace portico::rbac {

class Lineage {
 public:
  /// So many roles a word of a row of bits is about.
  static constexpr std::uint32_t Bits = 32;

  Lineage(std::span<const std::uint32_t> words, bool listed, std::uint64_t sketch) noexcept
      : words_(words), listed_(listed), sketch_(sketch) {}

  [[nodiscard]] bool contains(std::uint32_t role) const noexcept {
    if (!listed_) return (words_[role / Bits] >> role % Bits & 1U) != 0;
    // Most roles that are asked about are not there, and the sketch says so of most of them.
    return (sketch_ >> role % 64 & 1U) != 0 && std::ranges::binary_search(words_, role);
  }
  /// Calls `visit(role)` for each, in ascending order, until it returns true.
  template <class Visit>
  void each(Visit&& visit) const {
    if (listed_) {
      static_cast<void>(std::ranges::any_of(words_, visit));
      return;
    }
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
      for (std::uint32_t word = words_[i]; word != 0; word &= word - 1) {
        if (visit(i * Bits + static_cast<std::uint32_t>(std::countr_zero(word)))) return;
      }
    }
  }
  /// Whether there are so few that they are kept one by one.
  [[nodiscard]] bool listed() const noexcept { return listed_; }
  /// The roles in ascending order where they are `listed`; else the row of bits.
  [[nodiscard]] std::span<const std::uint32_t> words() const noexcept { return words_; }

 private:
  std::span<const std::uint32_t> words_;
  bool listed_;
  std::uint64_t sketch_;  // Bit r % 64 is set for each role r that is there.
};

}  // namespace portico::rbac
