// SPDX-License-Identifier: Apache-2.0
// What a role of a book has, by itself and by inheritance. A view of the book; any thread.
#pragma once

#include "model/gist.h"
#include "model/grant_table.h"
#include "model/inheritance.h"

#include <cstdint>
#include <utility>

namespace portico::rbac {

class Heritage {
 public:
  Heritage(const GrantTable& grants, const Lineage& lineage, const Gist& gist) noexcept
      : grants_(grants), lineage_(lineage), gist_(gist) {}

  /// Calls `visit(GrantTable::Found)` for each grant of that pattern, until it returns true.
  /// Whether it did.
  template <class Visit>
  bool search(std::uint32_t pattern, Visit&& visit) const noexcept {
    return gist_.may_have(pattern) && grants_.search(pattern, lineage_, visit);
  }

 private:
  const GrantTable& grants_;
  Lineage lineage_;
  Gist gist_;
};

}  // namespace portico::rbac
