// SPDX-License-Identifier: Apache-2.0
// The roles that a token names, as assignments.
#pragma once

#include "model/assignment.h"
#include "model/book.h"

#include <span>
#include <string_view>
#include <vector>

namespace portico::rbac {

/// Everywhere and for ever; names that the book does not have give nothing.
[[nodiscard]] inline std::vector<Assignment> named_by(const Book& book,
                                                      std::span<const std::string_view> names) {
  std::vector<Assignment> assignments;
  for (const std::string_view name : names) {
    const Role* const role = book.role(name);
    if (role != nullptr) assignments.push_back({.role = role->number});
  }
  return assignments;
}

}  // namespace portico::rbac
