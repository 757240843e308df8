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
#include <span>
#include <vector>

namespace portico::rbac {

/// Of one role. A view.
class Gist {
 public:
  explicit Gist(std::span<const std::uint64_t> words) noexcept : words_(words) {}

  /// Whether there may be a grant of that pattern.
  [[nodiscard]] bool may_have(std::uint32_t pattern) const noexcept {
    if (words_.empty()) return true;
    const Mark mark = Mark::of(pattern);
    return (words_[mark.word & (words_.size() - 1)] & mark.bits) == mark.bits;
  }

 private:
  friend class Gists;

  /// Two bits of one word.
  struct Mark {
    std::size_t word;
    std::uint64_t bits;

    static Mark of(std::uint32_t pattern) noexcept {
      const std::uint64_t hash = std::uint64_t{pattern} * 0x9e3779b97f4a7c15U;
      return {static_cast<std::size_t>(hash >> 32U),
              std::uint64_t{1} << (hash >> 26U & 63U) | std::uint64_t{1} << (hash >> 20U & 63U)};
    }
  };

  std::span<const std::uint64_t> words_;  // As many as a power of two, or none.
};

class Gists {
 public:
  Gists(const Inheritance& inheritance, const GrantReading& reading, std::uint32_t roles);

  [[nodiscard]] Gist of(std::uint32_t role) const noexcept {
    return Gist({words_.data() + begins_[role], begins_[role + 1] - begins_[role]});
  }

 private:
  /// Grants of a lineage, with each pattern counted as often as it comes.
  static constexpr std::size_t Most = 512;
  static constexpr std::size_t GrantsOfWord = 5;

  std::vector<std::size_t> begins_;
  std::vector<std::uint64_t> words_;
};

}  // namespace portico::rbac
