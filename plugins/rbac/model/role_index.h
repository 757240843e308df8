// SPDX-License-Identifier: Apache-2.0
// The places of a book's roles, by their numbers in the database and by their names. Filled while a
// book is compiled; then any thread.
#pragma once

#include "model/lookup.h"
#include "model/role.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace portico::rbac {

class RoleIndex {
 public:
  static constexpr std::uint32_t None = Lookup::None;

  /// Keeps the span. Of two roles of one number or name, which no store has, the first is found.
  explicit RoleIndex(std::span<const Role> roles);

  [[nodiscard]] std::uint32_t find(std::int64_t number) const noexcept {
    return find(number, [&](std::uint32_t role) { return roles_[role].number; });
  }
  /// The same, for who keeps the numbers closer at hand: `number_of(role)`.
  template <class NumberOf>
  [[nodiscard]] std::uint32_t find(std::int64_t number, NumberOf&& number_of) const noexcept {
    return by_number_.find(hash(number),
                           [&](std::uint32_t role) { return number_of(role) == number; });
  }
  [[nodiscard]] std::uint32_t find(std::string_view name) const noexcept {
    return by_name_.find(Lookup::hash(name),
                         [&](std::uint32_t role) { return roles_[role].name == name; });
  }

 private:
  [[nodiscard]] static std::uint64_t hash(std::int64_t number) noexcept {
    return Lookup::hash(static_cast<std::uint64_t>(number));
  }

  std::span<const Role> roles_;
  Lookup by_number_;
  Lookup by_name_;
};

}  // namespace portico::rbac
