// SPDX-License-Identifier: Apache-2.0
#include "model/gist.h"

#include <bit>

namespace portico::rbac {

Gists::Gists(const Inheritance& inheritance, const GrantReading& reading, std::uint32_t roles) {
  begins_.reserve(std::size_t{roles} + 1);
  for (std::uint32_t role = 0; role < roles; ++role) {
    const std::size_t begin = words_.size();
    begins_.push_back(begin);
    const Lineage lineage = inheritance.of(role);
    std::size_t count = 0;
    lineage.each([&](std::uint32_t ancestor) {
      count += reading.entries(ancestor).size();
      return count > Most;
    });
    if (count > Most) continue;
    words_.resize(begin + std::bit_ceil(count / GrantsOfWord + 1));
    const std::size_t mask = words_.size() - begin - 1;
    lineage.each([&](std::uint32_t ancestor) {
      for (const GrantTable::Entry& entry : reading.entries(ancestor)) {
        const Gist::Mark mark = Gist::Mark::of(entry.pattern);
        words_[begin + (mark.word & mask)] |= mark.bits;
      }
      return false;
    });
  }
  begins_.push_back(words_.size());
}

}  // namespace portico::rbac
