// SPDX-License-Identifier: Apache-2.0
// For each role of a book the roles whose grants it has: itself, its parents, theirs, and so on.
// Filled while a book is compiled; then any thread.
//
// A role that has few is a sorted list of them, most often one cache line; one that has many is a
// row of bits. So nothing that is wide is copied to all who inherit it: with n roles no shape of
// their graph takes more than n * n / 8 bytes, which for 10 000 roles are 12 MiB, and a usual one
// takes 4 bytes for each role and ancestor.
#pragma once

#include "model/role.h"
#include "model/role_index.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portico::rbac {

/// A role and its ancestors, by their places in the book. A view.
class Lineage {
 public:
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
  /// In ascending order. Requires `listed`.
  [[nodiscard]] std::span<const std::uint32_t> list() const noexcept { return words_; }

 private:
  static constexpr std::uint32_t Bits = 32;
  friend class Inheritance;

  std::span<const std::uint32_t> words_;
  bool listed_;
  std::uint64_t sketch_;  // Bit r % 64 is set for each role r that is there.
};

class Inheritance {
 public:
  /// Parents that are none of these roles give nothing. Roles that inherit each other in a circle,
  /// which no write makes, all have the same.
  Inheritance(std::span<const Role> roles, const RoleIndex& index);

  [[nodiscard]] Lineage of(std::uint32_t role) const noexcept {
    const Row& row = rows_[role];
    return {{words_.data() + row.begin, row.size}, row.listed, row.sketch};
  }

 private:
  struct Row {
    std::uint64_t begin = 0;
    std::uint64_t sketch = 0;
    std::uint32_t size = 0;  // 0: not made yet.
    bool listed = true;
  };

  class Maker;

  std::vector<Row> rows_;
  std::vector<std::uint32_t> words_;  // Lists and rows of bits, one after the other.
};

}  // namespace portico::rbac
