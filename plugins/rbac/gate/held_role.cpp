// SPDX-License-Identifier: Apache-2.0
#include "gate/held_role.h"

#include <algorithm>

namespace portico::rbac {
namespace {

/// No write makes more; a hand in the database could make a circle.
constexpr int MostLevels = 10;

bool is_or_inherits(const Book& book, std::int64_t number, const Role& wanted,
                    int levels) noexcept {
  if (number == wanted.number) return true;
  const Role* const role = levels > 1 ? book.role(number) : nullptr;
  return role != nullptr && std::ranges::any_of(role->parents, [&](std::int64_t parent) {
           return is_or_inherits(book, parent, wanted, levels - 1);
         });
}

}  // namespace

bool holds_role(const Book& book, std::span<const Assignment> assignments, std::string_view role,
                const There& there) noexcept {
  const Role* const wanted = book.role(role);
  if (wanted == nullptr) return false;
  return std::ranges::any_of(assignments, [&](const Assignment& each) {
    return each.counts(there.scope, there.now) &&
           is_or_inherits(book, each.role, *wanted, MostLevels);
  });
}

}  // namespace portico::rbac
