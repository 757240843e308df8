// SPDX-License-Identifier: Apache-2.0
// All roles, compiled: an immutable snapshot that decisions are made of (decision.h). Made by one
// thread whenever a role has changed, and shared by all from then on.
//
//   grants     -> patterns, a tree of segments:            which patterns match a permission
//              -> for each pattern the roles that have it: grant_table.h
//   parents    -> for each role its ancestors:             inheritance.h
//              -> and what they have no grants for:        gist.h
//
// A decision asks, for each role that somebody has and each pattern that matches, whether the two
// rows have a role in common. Nothing is multiplied out, so that the size of a book stays that of
// its roles however they inherit.
#pragma once

#include "condition/condition.h"
#include "model/gist.h"
#include "model/grant_reading.h"
#include "model/grant_table.h"
#include "model/heritage.h"
#include "model/inheritance.h"
#include "model/matches.h"
#include "model/role.h"
#include "model/role_index.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Book {
 public:
  /// Requires that numbers and names of roles are unique. What else only a hand in the database
  /// makes is borne: circles, parents that do not exist, texts that cannot be read.
  [[nodiscard]] static std::shared_ptr<const Book> compile(std::span<const Role> roles,
                                                           std::int64_t version);
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  [[nodiscard]] std::int64_t version() const noexcept { return version_; }
  [[nodiscard]] std::span<const Role> roles() const noexcept { return roles_; }
  /// Null where there is none.
  [[nodiscard]] const Role* role(std::int64_t number) const noexcept;
  [[nodiscard]] const Role* role(std::string_view name) const noexcept;
  /// The patterns of this book that match the permission. Of a text that is none: none.
  [[nodiscard]] Matches matches(std::string_view permission) const noexcept;
  /// The grants that cannot be read, and what that means (grant_reading.h).
  [[nodiscard]] std::span<const Unreadable> unreadable() const noexcept {
    return reading_.unreadable();
  }

  // For those who decide and explain. A place is that of a role in `roles`.

  static constexpr std::uint32_t None = RoleIndex::None;
  [[nodiscard]] std::uint32_t place(std::int64_t number) const noexcept {
    return index_.find(number);
  }
  [[nodiscard]] std::int64_t number(std::uint32_t place) const noexcept {
    return seats_[place].number;
  }
  [[nodiscard]] const Grant& grant(std::uint32_t place, std::uint32_t number) const noexcept {
    return roles_[place].grants[number];
  }
  /// What the role of that number has; null where there is none.
  [[nodiscard]] const Heritage* heritage(std::int64_t number) const noexcept {
    const std::uint32_t place =
        index_.find(number, [&](std::uint32_t role) { return seats_[role].number; });
    return place == None ? nullptr : &seats_[place].heritage;
  }
  [[nodiscard]] const GrantReading& reading() const noexcept { return reading_; }
  [[nodiscard]] const Condition& condition(std::uint32_t number) const noexcept {
    return reading_.condition(number);
  }

 private:
  /// All that a decision reads of a role before it knows that there is something: one cache line.
  struct alignas(64) Seat {
    std::int64_t number;
    Heritage heritage;
  };
  static_assert(sizeof(Seat) == 64);

  Book(std::span<const Role> roles, std::int64_t version);

  std::int64_t version_;
  std::vector<Role> roles_;
  RoleIndex index_;
  Inheritance inheritance_;
  GrantReading reading_;
  GrantTable grants_;
  Gists gists_;
  std::vector<Seat> seats_;
};

}  // namespace portico::rbac
