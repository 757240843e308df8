// SPDX-License-Identifier: Apache-2.0
#include "model/book.h"

#include "model/segments.h"

namespace portico::rbac {

std::shared_ptr<const Book> Book::compile(std::span<const Role> roles, std::int64_t version) {
  return std::shared_ptr<const Book>(new Book(roles, version));
}

Book::Book(std::span<const Role> roles, std::int64_t version)
    : version_(version),
      roles_(roles.begin(), roles.end()),
      index_(roles_),
      inheritance_(roles_, index_),
      reading_(roles_),
      grants_(reading_.entries(), reading_.patterns().size()),
      gists_(inheritance_, reading_, static_cast<std::uint32_t>(roles_.size())) {
  seats_.reserve(roles_.size());
  for (std::uint32_t place = 0; place < roles_.size(); ++place) {
    seats_.push_back({roles_[place].number, {grants_, inheritance_.of(place), gists_.of(place)}});
  }
}

const Role* Book::role(std::int64_t number) const noexcept {
  const std::uint32_t place = index_.find(number);
  return place == None ? nullptr : &roles_[place];
}

const Role* Book::role(std::string_view name) const noexcept {
  const std::uint32_t place = index_.find(name);
  return place == None ? nullptr : &roles_[place];
}

Matches Book::matches(std::string_view permission) const noexcept {
  return reading_.patterns().matching(Segments::of_permission(permission));
}

}  // namespace portico::rbac
