// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include "keys/hash.h"

#include <algorithm>
#include <limits>

namespace portico::ratelimit {

Policy::Policy(const LimitSet& set, std::string_view home, Memory& memory, Host& host)
    : table_(memory.table()) {
  for (SettledLimit& settled : settle_all(set)) {
    const std::string identity = std::string(home) + '\n' + settled.identity;
    const MetricLabels labels = {{"place", home}, {"limit", settled.name}};
    Counter& allowed = host.counter("allowed_total", "Requests that the limit let pass.", labels);
    Counter& refused = host.counter("refused_total", "Requests that the limit refused.", labels);
    has_concurrency_ |= settled.limit.is_concurrency();
    auto words = script_words(settled);
    members_.push_back({std::move(settled), memory.hash()(identity), Hash()(identity),
                        std::move(words), &allowed, &refused});
  }
}

std::uint32_t Policy::units_at_once() const noexcept {
  std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
  for (const Member& member : members_) least = std::min(least, member.settled.units_at_once);
  return least;
}

Decision Policy::take(const Key& key, const Moment& moment, std::uint32_t cost) const {
  Decision decision;
  if (members_.size() == 1) {
    take_one(key, moment, cost, decision);
  } else {
    take_all(key, moment, cost, decision);
  }
  return decision;
}

void Policy::count(const Decision& decision) const noexcept {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (decision.allowed) {
      members_[i].allowed->add();
    } else if (!decision.readings[i].allowed) {
      members_[i].refused->add();
    }
  }
}

void Policy::conclude(Decision& decision, std::uint32_t cost) const noexcept {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (decision.readings[i].allowed) continue;
    decision.allowed = false;
    decision.retry = std::max(decision.retry, decision.readings[i].retry);
  }
  if (decision.allowed) return;
  // What the others would have left is not what they have.
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (decision.readings[i].allowed) decision.readings[i].remaining += cost;
  }
}

void Policy::take_one(const Key& key, const Moment& moment, std::uint32_t cost,
                      Decision& decision) const {
  const Member& member = members_.front();
  const Taken taken = table_.take(key ^ member.id, member.settled.limit, moment, cost);
  decision.allowed = taken.reading.allowed;
  decision.retry = taken.reading.retry;
  decision.readings[0] = taken.reading;
  decision.receipts[0] = taken.next;
}

// A look first, so that a refused request touches nothing. Who takes the last unit between the look
// and the taking is found out then, and what was taken before goes back.
void Policy::take_all(const Key& key, const Moment& moment, std::uint32_t cost,
                      Decision& decision) const {
  for (const Member& member : members_) table_.expect(key ^ member.id);
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    decision.readings[i] = table_.peek(key ^ member.id, member.settled.limit, moment, cost);
  }
  conclude(decision, cost);
  for (std::size_t i = 0; decision.allowed && i < members_.size(); ++i) {
    const Member& member = members_[i];
    const Taken taken = table_.take(key ^ member.id, member.settled.limit, moment, cost);
    decision.readings[i] = taken.reading;
    decision.receipts[i] = taken.next;
    if (taken.reading.allowed) continue;
    decision.allowed = false;
    decision.retry = taken.reading.retry;
    for (std::size_t j = 0; j < i; ++j) {
      const Member& before = members_[j];
      table_.give_back(key ^ before.id, before.settled.limit, decision.receipts[j], cost);
    }
  }
}

void Policy::give_back(const Key& key, const std::array<Word, MostLimits>& receipts,
                       std::uint32_t cost, What what) const noexcept {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Member& member = members_[i];
    if (what == What::Slots && !member.settled.limit.is_concurrency()) continue;
    table_.give_back(key ^ member.id, member.settled.limit, receipts[i], cost);
  }
}

std::size_t Policy::forget(const Key& key) const noexcept {
  std::size_t forgotten = 0;
  for (const Member& member : members_) {
    if (member.settled.limit.is_concurrency()) continue;
    if (table_.forget(key ^ member.id)) ++forgotten;
  }
  return forgotten;
}

}  // namespace portico::ratelimit
