// SPDX-License-Identifier: Apache-2.0
#include "store/bucket_table.h"

#include "store/node_bits.h"

#include <algorithm>
#include <bit>
#include <new>

#include <sys/mman.h>

namespace portico::ratelimit {
namespace {

void* reserve(std::size_t bytes) {
  // The kernel gives zeroed pages, each when it is first written to.
  void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // Most keys lie on another page than the last one: large pages spare half of what that costs.
  ::madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

BucketTable::BucketTable(std::size_t most_keys)
    : most_(static_cast<std::uint32_t>(std::clamp(most_keys, LeastKeys, MostKeys))),
      mask_(std::bit_ceil(most_) - 1),
      // Beside a node for each key, one for each thread that is about to make room.
      nodes_end_(mask_ + 1 + most_ + 1024),
      nodes_(static_cast<Node*>(reserve(nodes_end_ * sizeof(Node)))),
      fresh_(mask_ + 1) {}

BucketTable::~BucketTable() { ::munmap(nodes_, nodes_end_ * sizeof(Node)); }

BucketTable::Found BucketTable::find(const Key& key) const noexcept {
  std::uint32_t index = home(key);
  do {
    Node& node = nodes_[index];
    const Word word = node.word.load(std::memory_order_acquire);
    if (node.low.load(std::memory_order_acquire) == key.low &&
        node.high.load(std::memory_order_acquire) == key.high && payload_of(word) != Claimed) {
      return {&node, word};
    }
    index = node.next.load(std::memory_order_acquire);
  } while (index != 0);
  return {};
}

Taken BucketTable::take(const Key& key, const Limit& limit, const Moment& moment,
                        std::uint32_t cost) noexcept {
  const std::uint32_t now = tick_of(moment);
  while (true) {
    const auto [node, word] = find(key);
    const Word known = node == nullptr ? 0 : payload_of(word);
    const Taken taken = limit.take(known, moment, cost);
    if (node == nullptr) {
      if (!taken.reading.allowed) return taken;
      switch (insert(key, taken.next, stamp(life_of(limit), now))) {
        case Inserted::Yes: return taken;
        case Inserted::ThereAlready: continue;
        case Inserted::NoRoom: return {0, {.allowed = false, .retry = Second}};
      }
    }
    // Before the word: whoever reads a word sees that it was used.
    touch(*node, now);
    if (taken.next == known) {
      if (node->word.load(std::memory_order_acquire) == word) return taken;
      continue;
    }
    Word expected = word;
    if (node->word.compare_exchange_strong(expected, tagged(word, taken.next),
                                           std::memory_order_acq_rel)) {
      return taken;
    }
  }
}

Reading BucketTable::peek(const Key& key, const Limit& limit, const Moment& moment,
                          std::uint32_t cost) const noexcept {
  while (true) {
    const auto [node, word] = find(key);
    if (node == nullptr) return limit.take(0, moment, cost).reading;
    const Reading reading = limit.take(payload_of(word), moment, cost).reading;
    if (node->word.load(std::memory_order_acquire) == word) return reading;
  }
}

void BucketTable::give_back(const Key& key, const Limit& limit, Word receipt,
                            std::uint32_t cost) noexcept {
  while (true) {
    const auto [node, word] = find(key);
    if (node == nullptr) return;
    const Word next = limit.give_back(payload_of(word), receipt, cost);
    Word expected = word;
    if (node->word.compare_exchange_strong(expected, tagged(word, next),
                                           std::memory_order_acq_rel)) {
      return;
    }
  }
}

bool BucketTable::forget(const Key& key) noexcept {
  while (true) {
    const auto [node, word] = find(key);
    if (node == nullptr || payload_of(word) == 0) return false;
    Word expected = word;
    if (node->word.compare_exchange_strong(expected, tagged(word, 0), std::memory_order_acq_rel)) {
      return true;
    }
  }
}

void BucketTable::touch(Node& node, std::uint32_t now) noexcept {
  std::uint32_t used = node.used.load(std::memory_order_relaxed);
  if ((used & TickMask) == now) return;
  // Fails when the node has gone to another key, which has its own stamp.
  node.used.compare_exchange_strong(used, stamp(used >> TickBits, now), std::memory_order_relaxed);
}

BucketTable::Inserted BucketTable::insert(const Key& key, Word payload,
                                          std::uint32_t used) noexcept {
  constexpr int Attempts = 16;
  const std::uint32_t chain = home(key);
  const std::uint32_t now = used & TickMask;
  for (int attempt = 0; attempt < Attempts; ++attempt) {
    {
      const std::lock_guard lock(stripe(chain));
      if (find(key).node != nullptr) return Inserted::ThereAlready;
      if (Node* const node = claim_in_chain(chain, now)) {
        fill(*node, key, payload, used);
        return Inserted::Yes;
      }
      if (count_one()) return add(chain, key, payload, used) ? Inserted::Yes : Inserted::NoRoom;
    }
    if (!make_room(now)) break;
  }
  return Inserted::NoRoom;
}

// Never more than there is room for, not for a moment: somebody else would then make room for
// nothing.
bool BucketTable::count_one() noexcept {
  std::size_t held = held_.load(std::memory_order_relaxed);
  while (held < most_) {
    if (held_.compare_exchange_weak(held, held + 1, std::memory_order_relaxed)) return true;
  }
  return false;
}

// Claimed from before the key can be seen until the word is right: who reads one of the words
// before it beside the new key has a tag that is no longer there, and fails.
void BucketTable::fill(Node& node, const Key& key, Word payload, std::uint32_t used) noexcept {
  const Word claimed = tagged(node.word.load(std::memory_order_relaxed) + TagStep, Claimed);
  node.word.store(claimed, std::memory_order_release);
  node.low.store(key.low, std::memory_order_release);
  node.high.store(key.high, std::memory_order_release);
  node.used.store(used, std::memory_order_relaxed);
  node.word.store(tagged(claimed, payload), std::memory_order_release);
}

/// One that was counted, with the lock of the chain held.
bool BucketTable::add(std::uint32_t chain, const Key& key, Word payload,
                      std::uint32_t used) noexcept {
  Node& first = nodes_[chain];
  if (key_of(first) == Key{}) {
    fill(first, key, payload, used);
    return true;
  }
  const std::uint32_t index = free_node();
  if (index == 0) {
    held_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  fill(nodes_[index], key, payload, used);
  nodes_[index].next.store(first.next.load(std::memory_order_relaxed), std::memory_order_relaxed);
  first.next.store(index, std::memory_order_release);
  return true;
}

std::uint32_t BucketTable::free_node() noexcept {
  const std::lock_guard lock(free_mutex_);
  if (free_ != 0) {
    const std::uint32_t index = free_;
    free_ = nodes_[index].next.load(std::memory_order_relaxed);
    return index;
  }
  const std::uint32_t index = fresh_.load(std::memory_order_relaxed);
  if (index == nodes_end_) return 0;
  fresh_.store(index + 1, std::memory_order_relaxed);
  return index;
}

/// Takes the node from its key, unless its word has changed. With the lock of its chain held.
bool BucketTable::claim(Node& node, Word word) noexcept {
  return node.word.compare_exchange_strong(word, tagged(word + TagStep, Claimed),
                                           std::memory_order_acq_rel);
}

BucketTable::Node* BucketTable::claim_in_chain(std::uint32_t chain, std::uint32_t now) noexcept {
  std::uint32_t index = chain;
  do {
    Node& node = nodes_[index];
    const Word word = node.word.load(std::memory_order_acquire);
    const bool silent =
        payload_of(word) == 0 || forgotten(node.used.load(std::memory_order_relaxed), now);
    if (silent && key_of(node) != Key{} && claim(node, word)) return &node;
    index = node.next.load(std::memory_order_relaxed);
  } while (index != 0);
  return nullptr;
}

Key BucketTable::key_of(const Node& node) noexcept {
  return {node.low.load(std::memory_order_acquire), node.high.load(std::memory_order_acquire)};
}

}  // namespace portico::ratelimit
