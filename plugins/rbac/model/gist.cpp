// SPDX-License-Identifier: Apache-2.0
#include "model/gist.h"

#include <bit>

namespace portico::rbac {

Gists::Gists(const Inheritance& inheritance, const GrantReading& reading, std::uint32_t roles)
    : words_{~std::uint64_t{0}} {
  places_.reserve(roles);
  for (std::uint32_t role = 0; role < roles; ++role) {
    const Lineage lineage = inheritance.of(role);
    std::size_t count = 0;
    lineage.each([&](std::uint32_t ancestor) {
      count += reading.entries(ancestor).size();
      return count > Most;
    });
    if (count > Most) {
      places_.push_back({0, 0});
      continue;
    }
    const std::size_t size = std::bit_ceil(count / GrantsOfWord + 1);
    places_.push_back(
        {static_cast<std::uint32_t>(words_.size()), static_cast<std::uint32_t>(size - 1)});
    words_.resize(words_.size() + size);
    fill(places_.back(), lineage, reading);
  }
}

void Gists::fill(const Place& place, const Lineage& lineage, const GrantReading& reading) {
  lineage.each([&](std::uint32_t ancestor) {
    for (const GrantTable::Entry& entry : reading.entries(ancestor)) {
      const Gist::Mark mark(entry.pattern);
      words_[place.begin + (mark.word & place.mask)] |=
          std::uint64_t{1} << mark.one | std::uint64_t{1} << mark.other;
    }
    return false;
  });
}

}  // namespace portico::rbac
