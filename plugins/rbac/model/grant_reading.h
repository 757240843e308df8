// SPDX-License-Identifier: Apache-2.0
// What the grants of a book's roles say: their patterns and conditions, each read once however many
// grants have it. Filled while a book is compiled; then any thread.
//
// Writes refuse what cannot be read, so that only a hand in the database leaves such. It is closed:
// an allow whose pattern or condition cannot be read gives nothing, and a deny applies: whatever
// its condition says, and where its pattern cannot be read, to everything.
#pragma once

#include "condition/condition.h"
#include "model/grant_table.h"
#include "model/lookup.h"
#include "model/patterns.h"
#include "model/role.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

/// A grant that cannot be read.
struct Unreadable {
  std::int64_t role;    ///< Its number.
  std::uint32_t grant;  ///< Its place in the role's list.
  std::string sentence;
};

class GrantReading {
 public:
  /// Keeps views of the roles' texts.
  explicit GrantReading(std::span<const Role> roles);

  [[nodiscard]] const Patterns& patterns() const noexcept { return patterns_; }
  [[nodiscard]] const Condition& condition(std::uint32_t number) const noexcept {
    return conditions_[number];
  }
  [[nodiscard]] std::span<const GrantTable::Entry> entries() const noexcept { return entries_; }
  /// Those of the role there.
  [[nodiscard]] std::span<const GrantTable::Entry> entries(std::uint32_t role) const noexcept {
    return entries().subspan(begins_[role], begins_[role + 1] - begins_[role]);
  }
  [[nodiscard]] std::span<const Unreadable> unreadable() const noexcept { return unreadable_; }

 private:
  /// What came of a condition's text.
  struct Read {
    std::string_view text;
    std::uint32_t condition;  // Never, where it cannot be read.
    std::string fault;
  };

  void read(const Role& role, std::uint32_t place);
  [[nodiscard]] const Read& read_condition(std::string_view text);
  [[nodiscard]] Read parse(std::string_view text);

  Patterns patterns_;
  std::vector<Condition> conditions_;
  std::vector<Read> reads_;
  Lookup by_text_;
  std::vector<GrantTable::Entry> entries_;
  std::vector<std::size_t> begins_;  // Of each role's entries.
  std::vector<Unreadable> unreadable_;
};

}  // namespace portico::rbac
