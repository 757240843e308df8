// SPDX-License-Identifier: Apache-2.0
#include "upstream/local.h"

#include "upstream/outbound.h"

#include <algorithm>
#include <utility>

namespace portico::upstream {

Local::Local(Outbound& outbound, std::shared_ptr<detail::UpstreamState> group)
    : outbound_(outbound), group_(std::move(group)), queue_(outbound.loop()) {
  refresh();
}

Local::~Local() = default;

LocalEdition& Local::enter() {
  if (version_ != group_->version()) refresh();
  LocalEdition& newest = editions_.front();
  ++newest.calls;
  return newest;
}

void Local::leave(LocalEdition& edition) noexcept {
  if (--edition.calls == 0 && &edition != &editions_.front()) sweep();
}

bool Local::forgotten() const noexcept {
  return group_->retired.load(std::memory_order_relaxed) &&
         std::ranges::all_of(editions_, [](const LocalEdition& each) { return each.calls == 0; });
}

void Local::refresh() {
  // Read first: an edition that comes meanwhile is found at the next call.
  const std::uint64_t version = group_->version();
  LocalEdition fresh{.published = group_->edition(), .pools = {}, .calls = 0};
  for (const auto& backend : fresh.published->backends) fresh.pools.push_back(&pool(backend));
  editions_.push_front(std::move(fresh));
  version_ = version;
  sweep();
}

Pool& Local::pool(const std::shared_ptr<Backend>& backend) {
  for (const auto& each : pools_) {
    if (&each->backend() == backend.get()) return *each;
  }
  return *pools_.emplace_back(std::make_unique<Pool>(outbound_, *group_, backend));
}

void Local::sweep() noexcept {
  const LocalEdition* const newest = &editions_.front();
  std::erase_if(editions_,
                [newest](const LocalEdition& each) { return &each != newest && each.calls == 0; });
  std::erase_if(pools_, [this](const std::unique_ptr<Pool>& each) {
    return each->lent() == 0 && std::ranges::none_of(editions_, [&](const LocalEdition& edition) {
             return std::ranges::find(edition.pools, each.get()) != edition.pools.end();
           });
  });
}

}  // namespace portico::upstream
