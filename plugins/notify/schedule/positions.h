// SPDX-License-Identifier: Apache-2.0
// BYSETPOS: which of several. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace portico::notify::schedule {

/// Positions count from 1, or by -1 from the back; what comes out counts from 0 and ascends.
[[nodiscard]] inline std::vector<std::size_t> places_of(const std::vector<int>& positions,
                                                        std::size_t count) {
  std::vector<std::size_t> places;
  for (const int position : positions) {
    const auto distance = static_cast<std::size_t>(position > 0 ? position : -position);
    if (distance > count) continue;
    places.push_back(position > 0 ? distance - 1 : count - distance);
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace portico::notify::schedule
