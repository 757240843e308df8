// SPDX-License-Identifier: Apache-2.0
// For each role of a book the roles whose grants it has: itself, its parents, theirs, and so on.
// Filled while a book is compiled; then any thread.
//
// A role that has few is a sorted list of them, most often one cache line; one that has many is a
// row of bits. So nothing that is wide is copied to all who inherit it: with n roles no shape of
// their graph takes more than n * n / 8 bytes, which for 10 000 roles are 12 MiB, and a usual one
// takes 4 bytes for each role and ancestor.
#pragma once

#include "model/lineage.h"
#include "model/role.h"
#include "model/role_index.h"

#include <cstdint>
#include <span>
#include <vector>

namespace portico::rbac {

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
