// SPDX-License-Identifier: Apache-2.0
// For each role of a book a filter that says of most patterns at once that no grant of its lineage
// is about them: a Bloom filter of one or two cache lines, where looking for those grants costs
// several. Filled while a book is compiled; then any thread.
//
// Roles that have many grants have no filter: they would be as large as what they spare, and each
// of them would be made of the grants of all above.
#pragma once

#include "model/grant_reading.h"
#include "model/inheritance.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace portico::rbac {

/// Of one role. A view.
class Gist {
 public:
  /// Of 2^n words and a mask of 2^n - 1.
  Gist(const std::uint64_t* words, std::uint32_t mask) noexcept : words_(words), mask_(mask) {}

  /// Whether there may be a grant of that pattern.
  [[nodiscard]] bool may_have(std::uint32_t pattern) const noexcept {
    const Mark mark(pattern);
    const std::uint64_t word = words_[mark.word & mask_];
    return (word >> mark.one & word >> mark.other & 1U) != 0;
  }
  /// Says that it is about to be asked.
  void expect() const noexcept { __builtin_prefetch(words_); }

 private:
  friend class Gists;

  /// Two bits of one word.
  struct Mark {
    explicit Mark(std::uint32_t pattern) noexcept : Mark(std::uint64_t{pattern * 0x9e3779b1U}) {}
    explicit Mark(std::uint64_t hash) noexcept
        : word(hash >> 4U), one(hash >> 26U), other(hash >> 20U & 63U) {}

    std::uint64_t word;
    std::uint64_t one;
    std::uint64_t other;
  };

  const std::uint64_t* words_;
  std::uint32_t mask_;
};

class Gists {
 public:
  Gists(const Inheritance& inheritance, const GrantReading& reading, std::uint32_t roles);

  [[nodiscard]] Gist of(std::uint32_t role) const noexcept {
    return {words_.data() + places_[role].begin, places_[role].mask};
  }

 private:
  /// Grants of a lineage, with each pattern counted as often as it comes.
  static constexpr std::size_t Most = 512;
  static constexpr std::size_t GrantsOfWord = 8;

  struct Place {
    std::uint32_t begin;
    std::uint32_t mask;
  };

  void fill(const Place& place, const Lineage& lineage, const GrantReading& reading);

  std::vector<Place> places_;
  // The first word, which has every bit, is that of all roles that have no filter.
  std::vector<std::uint64_t> words_;
};

}  // namespace portico::rbac
