// SPDX-License-Identifier: Apache-2.0
// What a role of a book has, by itself and by inheritance. A view of the book; any thread.
#pragma once

#include "model/gist.h"
#include "model/grant_table.h"
#include "model/lineage.h"
#include "model/matches.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace portico::rbac {

class Heritage {
 public:
  Heritage(const GrantTable& grants, const Lineage& lineage, const Gist& gist) noexcept
      : grants_(grants), lineage_(lineage), gist_(gist) {}

  /// Calls `visit(GrantTable::Found)` for each grant of one of the patterns, of which there are
  /// `Matches::Most` at most, until it returns true. Whether it did.
  template <class Visit>
  bool search(std::span<const std::uint32_t> patterns, Visit&& visit) const noexcept {
    // Which patterns are left is chance: this is written down without a branch for each.
    std::array<std::uint32_t, Matches::Most> left;
    std::size_t count = 0;
    for (const std::uint32_t pattern : patterns) {
      left[count] = pattern;
      count += gist_.may_have(pattern) ? 1 : 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (grants_.search(left[i], lineage_, visit)) return true;
    }
    return false;
  }

  /// Says that it is about to be searched.
  void expect() const noexcept { gist_.expect(); }

 private:
  const GrantTable& grants_;
  Lineage lineage_;
  Gist gist_;
};

}  // namespace portico::rbac
