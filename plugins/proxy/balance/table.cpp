// SPDX-License-Identifier: Apache-2.0
#include "balance/table.h"

#include "balance/turns.h"

#include <algorithm>
#include <map>
#include <utility>

namespace portico::proxy {

Table::Table(Method method, std::vector<Member> members, const Health& health)
    : method_(method), members_(std::move(members)), health_(health) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_priority;
  for (std::uint32_t i = 0; i < members_.size(); ++i) {
    if (members_[i].weight != 0) by_priority[members_[i].priority].push_back(i);
  }
  for (auto& [priority, indices] : by_priority) {
    Tier tier;
    std::vector<std::uint32_t> weights;
    std::vector<Ring::Member> ring;
    for (const std::uint32_t i : indices) {
      weights.push_back(members_[i].weight);
      ring.push_back({members_[i].id, members_[i].weight, i});
    }
    for (const std::uint32_t turn : smooth_turns(weights)) tier.turns.push_back(indices[turn]);
    if (method_ == Method::Hash) tier.ring = Ring(ring);
    tier.members = std::move(indices);
    tiers_.push_back(std::move(tier));
  }
}

std::size_t Table::find(std::uint64_t id) const noexcept {
  const auto found = std::ranges::find(members_, id, &Member::id);
  return found == members_.end() ? None : static_cast<std::size_t>(found - members_.begin());
}

bool Table::in_panic(const Tier& tier) const {
  const auto up = std::ranges::count_if(
      tier.members, [this](std::uint32_t member) { return health_.usable(member); });
  return static_cast<std::size_t>(up) * 100 < tier.members.size() * health_.panic();
}

}  // namespace portico::proxy
