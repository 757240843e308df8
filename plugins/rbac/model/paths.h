// SPDX-License-Identifier: Apache-2.0
// The ways by which a role inherits: from it to each of its ancestors the shortest. For
// explanations; allocates. Any thread.
#pragma once

#include "model/book.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace portico::rbac {

class Paths {
 public:
  /// From the role there. The book must outlive this.
  Paths(const Book& book, std::uint32_t place);

  /// The role and its ancestors, nearest first.
  [[nodiscard]] const std::vector<std::uint32_t>& roles() const noexcept { return roles_; }
  /// The names of the roles on the way, both ends included. Requires that it is one of `roles`.
  [[nodiscard]] std::vector<std::string> to(std::uint32_t ancestor) const;

 private:
  const Book& book_;
  std::vector<std::uint32_t> roles_;
  std::unordered_map<std::uint32_t, std::uint32_t> below_;  // The one before it on the way.
};

}  // namespace portico::rbac
