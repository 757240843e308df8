// SPDX-License-Identifier: Apache-2.0
#include "balance/ring.h"

#include "balance/hash.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace portico::proxy {
namespace {

/// Of an endpoint of average weight. More make the shares more even and the ring larger.
constexpr double PointsEach = 256;

std::size_t points_of(const Ring::Member& member, double average) {
  if (member.weight == 0) return 0;
  return static_cast<std::size_t>(std::max(1.0, std::round(PointsEach * member.weight / average)));
}

}  // namespace

Ring::Ring(std::span<const Member> members) {
  const auto counted = static_cast<double>(
      std::ranges::count_if(members, [](const Member& one) { return one.weight != 0; }));
  const double total =
      std::accumulate(members.begin(), members.end(), 0.0,
                      [](double sum, const Member& member) { return sum + member.weight; });
  for (const Member& member : members) {
    const std::size_t count = points_of(member, total / counted);
    for (std::size_t i = 0; i < count; ++i) {
      points_.push_back({mixed(member.id + i * 0x9e3779b97f4a7c15), member.index});
    }
  }
  std::ranges::sort(points_, {}, &Point::place);
}

std::size_t Ring::find(std::uint64_t key) const noexcept {
  const auto found = std::ranges::lower_bound(points_, key, {}, &Point::place);
  return found == points_.end() ? 0 : static_cast<std::size_t>(found - points_.begin());
}

}  // namespace portico::proxy
