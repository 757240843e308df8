// SPDX-License-Identifier: Apache-2.0
#include "model/coverage.h"

#include "model/paths.h"
#include "model/permission.h"
#include "model/segments.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace portico::rbac {
namespace {

bool takes_away(const Book& book, const Assignment& assignment, std::string_view pattern) {
  const std::uint32_t place = book.place(assignment.role);
  if (place == Book::None) return false;
  const Paths paths(book, place);
  return std::ranges::any_of(paths.roles(), [&](std::uint32_t role) {
    return std::ranges::any_of(book.reading().entries(role), [&](const GrantTable::Entry& entry) {
      return book.grant(role, entry.grant).effect == Effect::Deny &&
             !meet(book.reading().patterns().text(entry.pattern), pattern).empty();
    });
  });
}

bool gives(const Book& book, const Assignment& assignment, const Matches& matches) {
  const Heritage* const heritage = book.heritage(assignment.role);
  if (heritage == nullptr || !assignment.always()) return false;
  return heritage->search(matches.of(Effect::Allow), [](const auto& found) noexcept {
    return found.condition == GrantTable::Always;
  });
}

}  // namespace

bool covers(const Book& book, std::span<const Assignment> assignments, std::string_view pattern) {
  const Segments segments = Segments::of_pattern(pattern);
  // All of one shape is given by one grant or by none: its "*" stand for texts without end.
  for (std::size_t size = segments.shortest(); size <= segments.longest(); ++size) {
    const Matches matches = book.reading().patterns().matching(segments.shape(size));
    const bool given = std::ranges::any_of(assignments, [&](const Assignment& assignment) {
      return gives(book, assignment, matches);
    });
    if (!given) return false;
  }
  return !segments.empty() && std::ranges::none_of(assignments, [&](const Assignment& assignment) {
    return takes_away(book, assignment, pattern);
  });
}

}  // namespace portico::rbac
