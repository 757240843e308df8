// SPDX-License-Identifier: Apache-2.0
#include "upstream/directory.h"

#include "upstream/group.h"

#include <algorithm>

namespace portico::upstream {

void Directory::add(const std::shared_ptr<detail::UpstreamState>& upstream) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(upstreams_, [](const auto& each) { return each.expired(); });
  upstreams_.push_back(upstream);
}

std::shared_ptr<Figures> Directory::figures(std::string_view upstream, std::string_view endpoint) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(figures_, [](const auto& each) { return each.second.expired(); });
  auto& place = figures_[{std::string(upstream), std::string(endpoint)}];
  auto found = place.lock();
  if (!found) place = found = std::make_shared<Figures>();
  return found;
}

std::vector<std::shared_ptr<detail::UpstreamState>> Directory::upstreams() const {
  std::vector<std::shared_ptr<detail::UpstreamState>> alive;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& each : upstreams_) {
      auto held = each.lock();
      if (!held || held->retired.load(std::memory_order_relaxed)) continue;
      std::erase_if(alive, [&](const auto& older) { return older->name == held->name; });
      alive.push_back(std::move(held));
    }
  }
  std::ranges::sort(alive, {}, [](const auto& each) -> const std::string& { return each->name; });
  return alive;
}

}  // namespace portico::upstream
