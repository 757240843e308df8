// SPDX-License-Identifier: Apache-2.0
#include "smtp/domain_limits.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace portico::notify {
namespace {

/// Nobody knows when a transaction ends.
constexpr std::chrono::milliseconds Guess{250};

}  // namespace

DomainLimits::DomainLimits(const Limits& limits) : limits_(limits) {
  if (limits.at_once == 0 || limits.per_minute == 0 || limits.domains == 0) {
    throw std::invalid_argument("The limits for a domain must let something through.");
  }
}

std::variant<DomainLimits::Permit, DomainLimits::Clock::duration> DomainLimits::try_take(
    std::string_view domain, Clock::time_point now) {
  std::string name(domain);
  const std::lock_guard lock(mutex_);
  Domain* const found = find(name);
  if (found == nullptr) return Guess;
  advance(*found, now.time_since_epoch() / SlotTime);
  if (found->held >= limits_.at_once) return Guess;
  const auto wait = wait_of(*found, now);
  if (wait > Clock::duration::zero()) return wait;
  ++found->held;
  ++found->taken[static_cast<std::size_t>(found->slot) % Slots];
  order_.splice(order_.end(), order_, found->order);
  return Permit(*this, std::move(name));
}

std::size_t DomainLimits::remembered() const {
  const std::lock_guard lock(mutex_);
  return domains_.size();
}

DomainLimits::Domain* DomainLimits::find(const std::string& domain) {
  const auto known = domains_.find(domain);
  if (known != domains_.end()) return &known->second;
  if (domains_.size() >= limits_.domains && !make_room()) return nullptr;
  Domain& fresh = domains_[domain];
  fresh.order = order_.insert(order_.end(), domain);
  return &fresh;
}

bool DomainLimits::make_room() {
  // Those with transactions under way are few: the connections bound them.
  const auto victim = std::ranges::find_if(
      order_, [this](const std::string& name) { return domains_.at(name).held == 0; });
  if (victim == order_.end()) return false;
  domains_.erase(*victim);
  order_.erase(victim);
  return true;
}

void DomainLimits::advance(Domain& domain, std::int64_t slot) noexcept {
  const auto steps = std::min(slot - domain.slot, static_cast<std::int64_t>(Slots));
  for (std::int64_t i = 1; i <= steps; ++i) {
    domain.taken[static_cast<std::size_t>(domain.slot + i) % Slots] = 0;
  }
  domain.slot = std::max(domain.slot, slot);
}

DomainLimits::Clock::duration DomainLimits::wait_of(const Domain& domain,
                                                    Clock::time_point now) const noexcept {
  std::size_t taken = std::accumulate(domain.taken.begin(), domain.taken.end(), std::size_t{0});
  std::int64_t slot = domain.slot - static_cast<std::int64_t>(Slots) + 1;
  for (; taken >= limits_.per_minute; ++slot) {
    taken -= domain.taken[static_cast<std::size_t>(slot) % Slots];
    if (taken >= limits_.per_minute) continue;
    return Clock::time_point((slot + static_cast<std::int64_t>(Slots)) * SlotTime) - now;
  }
  return Clock::duration::zero();
}

void DomainLimits::give_back(const std::string& domain) noexcept {
  const std::lock_guard lock(mutex_);
  // It was not forgotten: something was under way.
  --domains_.find(domain)->second.held;
}

}  // namespace portico::notify
