// SPDX-License-Identifier: Apache-2.0
#include "model/paths.h"

#include <algorithm>
#include <cstddef>

namespace portico::rbac {

Paths::Paths(const Book& book, std::uint32_t place) : book_(book), roles_{place} {
  below_.emplace(place, place);
  for (std::size_t next = 0; next < roles_.size(); ++next) {
    const std::uint32_t role = roles_[next];
    for (const std::int64_t number : book.roles()[role].parents) {
      const std::uint32_t parent = book.place(number);
      if (parent != Book::None && below_.emplace(parent, role).second) roles_.push_back(parent);
    }
  }
}

std::vector<std::string> Paths::to(std::uint32_t ancestor) const {
  std::vector<std::string> names{book_.roles()[ancestor].name};
  for (std::uint32_t role = ancestor; role != roles_.front();) {
    role = below_.at(role);
    names.push_back(book_.roles()[role].name);
  }
  std::ranges::reverse(names);
  return names;
}

}  // namespace portico::rbac
