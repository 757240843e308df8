// SPDX-License-Identifier: Apache-2.0
// Who goes when every node is in use.
#include "store/bucket_table.h"
#include "store/node_bits.h"

namespace portico::ratelimit {

bool BucketTable::make_room(std::uint32_t now) noexcept {
  constexpr int Attempts = 16;
  for (int attempt = 0; attempt < Attempts; ++attempt) {
    const Victim victim = choose(now);
    if (victim.index != None && evict(victim)) return true;
  }
  return false;
}

BucketTable::Victim BucketTable::choose(std::uint32_t now) noexcept {
  constexpr int Looks = 512;
  constexpr int Candidates = 8;
  const std::uint32_t end = fresh_.load(std::memory_order_relaxed);
  Victim best;
  std::uint32_t longest = 0;
  for (int look = 0, seen = 0; look < Looks && seen < Candidates; ++look) {
    const std::uint32_t index = chance() % end;
    const Node& node = nodes_[index];
    const Word word = node.word.load(std::memory_order_acquire);
    const Key key = key_of(node);
    const std::uint32_t used = node.used.load(std::memory_order_relaxed);
    if (key == Key{} || payload_of(word) == Claimed) continue;
    if (payload_of(word) == 0 || forgotten(used, now)) return {index, word, key};
    if (used >> TickBits == Pinned) continue;
    ++seen;
    if (best.index != None && idle(used, now) <= longest) continue;
    longest = idle(used, now);
    best = {index, word, key};
  }
  return best;
}

bool BucketTable::evict(const Victim& victim) noexcept {
  Node& node = nodes_[victim.index];
  const std::uint32_t chain = home(victim.key);
  {
    const std::lock_guard lock(stripe(chain));
    if (!claim(node, victim.word)) return false;
    node.low.store(0, std::memory_order_release);
    node.high.store(0, std::memory_order_release);
    node.word.store(tagged(node.word.load(std::memory_order_relaxed), 0),
                    std::memory_order_release);
    if (victim.index != chain) unlink(chain, victim.index);
  }
  held_.fetch_sub(1, std::memory_order_relaxed);
  evicted_.fetch_add(1, std::memory_order_relaxed);
  return true;
}

void BucketTable::unlink(std::uint32_t chain, std::uint32_t index) noexcept {
  Node* before = &nodes_[chain];
  while (before->next.load(std::memory_order_relaxed) != index) {
    before = &nodes_[before->next.load(std::memory_order_relaxed)];
  }
  // Who is at the node now goes on from it and may miss its key: it then looks with the lock held.
  before->next.store(nodes_[index].next.load(std::memory_order_relaxed), std::memory_order_release);
  const std::lock_guard lock(free_mutex_);
  nodes_[index].next.store(free_, std::memory_order_release);
  free_ = index;
}

/// The last step of splitmix64 over a counter.
std::uint32_t BucketTable::chance() noexcept {
  std::uint64_t z = seed_.fetch_add(0x9e3779b97f4a7c15, std::memory_order_relaxed);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32);
}

}  // namespace portico::ratelimit
