// SPDX-License-Identifier: Apache-2.0
#include "upstream/choice.h"

#include "upstream/outbound.h"

#include <algorithm>
#include <atomic>

namespace portico {

using detail::ChoiceState;

const Request& Choice::request() const noexcept { return ChoiceState::of(*this).asked; }

std::size_t Choice::size() const noexcept { return ChoiceState::of(*this).edition.pools.size(); }

bool Choice::tried(std::size_t endpoint) const noexcept {
  return std::ranges::find(ChoiceState::of(*this).before, endpoint) !=
         ChoiceState::of(*this).before.end();
}

std::uint32_t Choice::load(std::size_t endpoint) const noexcept {
  if (endpoint >= size()) return 0;
  return ChoiceState::of(*this).edition.pools[endpoint]->backend().figures->load.load(
      std::memory_order_relaxed);
}

std::uint64_t Choice::turn() const noexcept { return ChoiceState::of(*this).number; }

std::uint32_t Choice::random() noexcept { return ChoiceState::of(*this).outbound.random(); }

std::size_t ChoiceState::made() noexcept {
  const auto& policy = edition.published->policy;
  const std::size_t count = edition.pools.size();
  if (policy.pick) {
    try {
      const std::size_t picked = policy.pick(*this);
      return picked < count ? picked : None;
    } catch (...) {  // Nobody was chosen; the request is answered all the same.
      return None;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t candidate = (number + i) % count;
    if (!tried(candidate)) return candidate;
  }
  return None;
}

}  // namespace portico
