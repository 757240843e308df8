// SPDX-License-Identifier: Apache-2.0
// The places of a book's roles, by their numbers in the database and by their names. Filled while a
// book is compiled; then any thread.
#pragma once

#include "model/lookup.h"
#include "model/role.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace portico::rbac {

class RoleIndex {
 public:
  static constexpr std::uint32_t None = Lookup::None;

  /// Keeps the span. Of two roles of one number or name, which no store has, the first is found.
  explicit RoleIndex(std::span<const Role> roles);

  [[nodiscard]] std::uint32_t find(std::int64_t number) const noexcept {
    return by_number_.find(hash(number),
                           [&](std::uint32_t role) { return numbers_[role] == number; });
  }
  [[nodiscard]] std::uint32_t find(std::string_view name) const noexcept {
    return by_name_.find(Lookup::hash(name),
                         [&](std::uint32_t role) { return roles_[role].name == name; });
  }

  [[nodiscard]] std::int64_t number(std::uint32_t role) const noexcept { return numbers_[role]; }

 private:
  [[nodiscard]] static std::uint64_t hash(std::int64_t number) noexcept {
    return Lookup::hash(static_cast<std::uint64_t>(number));
  }

  std::span<const Role> roles_;
  std::vector<std::int64_t> numbers_;  // Apart from the roles, which take many cache lines.
  Lookup by_number_;
  Lookup by_name_;
};

}  // namespace portico::rbac
