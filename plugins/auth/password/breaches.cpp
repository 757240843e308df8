// SPDX-License-Identifier: Apache-2.0
#include "password/breaches.h"

#include <algorithm>
#include <utility>

namespace portico::auth {

Breaches::Breaches(Fetch fetch, std::string_view url, std::size_t most_ranges)
    : fetch_(std::move(fetch)), url_(url), most_ranges_(std::max<std::size_t>(most_ranges, 1)) {}

BreachAnswer Breaches::look_up(std::string_view password) {
  const BreachDigest digest = breach_digest(password);
  Range range = kept(digest.prefix);
  if (!range) range = fetched(digest.prefix);
  if (!range) {
    failures_.fetch_add(1, std::memory_order_relaxed);
    return BreachAnswer::NotKnown;
  }
  return range->has(digest.suffix) ? BreachAnswer::Breached : BreachAnswer::NotBreached;
}

Breaches::Range Breaches::kept(const std::string& prefix) {
  const std::lock_guard lock(mutex_);
  const auto found = ranges_.find(prefix);
  return found == ranges_.end() ? nullptr : found->second;
}

Breaches::Range Breaches::fetched(const std::string& prefix) {
  const auto text = fetch_(url_ + prefix);
  auto read = text ? BreachRange::read(*text) : std::nullopt;
  if (!read) return nullptr;
  auto range = std::make_shared<const BreachRange>(*std::move(read));
  keep(prefix, range);
  return range;
}

void Breaches::keep(const std::string& prefix, const Range& range) {
  const std::lock_guard lock(mutex_);
  if (!ranges_.emplace(prefix, range).second) return;
  order_.push_back(prefix);
  if (order_.size() <= most_ranges_) return;
  ranges_.erase(order_.front());
  order_.pop_front();
}

}  // namespace portico::auth
