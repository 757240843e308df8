// SPDX-License-Identifier: Apache-2.0
// Which roles have a grant of each pattern of a book, themselves: what they inherit is looked up in
// their lineage. So a grant is kept once, however many roles inherit it. Filled while a book is
// compiled; then any thread.
//
// The roles of one pattern lie in a row, in ascending order; what else there is to know of a grant
// lies apart, because most decisions look at roles that turn out to be others.
#pragma once

#include "model/lineage.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portico::rbac {

class GrantTable {
 public:
  /// In place of a condition's number.
  static constexpr std::uint32_t Always = ~std::uint32_t{0};
  static constexpr std::uint32_t Never = Always - 1;

  struct Entry {
    std::uint32_t role;
    std::uint32_t grant;      ///< Its place in the role's list.
    std::uint32_t pattern;    ///< Its number: of the text and the effect.
    std::uint32_t condition;  ///< Its number in the book, Always or Never.
  };

  /// Requires that the entries are in ascending order of their roles, and patterns below that
  /// count.
  GrantTable(std::span<const Entry> entries, std::uint32_t patterns);

  struct Found {
    std::uint32_t role;
    std::uint32_t grant;
    std::uint32_t condition;
  };

  /// Calls `visit(Found)` for each grant of that pattern that a role of the lineage has, until it
  /// returns true. Whether it did.
  template <class Visit>
  bool search(std::uint32_t pattern, const Lineage& lineage, Visit&& visit) const noexcept {
    std::size_t at = begins_[pattern];
    const std::size_t end = begins_[pattern + 1];
    const auto accept = [&](std::size_t i) {
      return visit(Found{roles_[i], terms_[i].grant, terms_[i].condition});
    };
    if (lineage.listed() && end - at > Wide * lineage.words().size()) {
      return search_each(at, end, lineage, accept);
    }
    for (; at < end; ++at) {
      if (lineage.contains(roles_[at]) && accept(at)) return true;
    }
    return false;
  }

 private:
  /// From how many more roles of a pattern on than of a lineage the latter's are looked up one by
  /// one.
  static constexpr std::size_t Wide = 8;

  struct Terms {
    std::uint32_t grant;
    std::uint32_t condition;
  };

  template <class Accept>
  bool search_each(std::size_t at, std::size_t end, const Lineage& lineage,
                   Accept& accept) const noexcept {
    for (const std::uint32_t role : lineage.words()) {
      const auto from = roles_.begin() + static_cast<std::ptrdiff_t>(at);
      const auto to = roles_.begin() + static_cast<std::ptrdiff_t>(end);
      at = static_cast<std::size_t>(std::lower_bound(from, to, role) - roles_.begin());
      for (; at < end && roles_[at] == role; ++at) {
        if (accept(at)) return true;
      }
    }
    return false;
  }

  std::vector<std::uint32_t> begins_;
  std::vector<std::uint32_t> roles_;
  std::vector<Terms> terms_;
};

}  // namespace portico::rbac
