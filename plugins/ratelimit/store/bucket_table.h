// SPDX-License-Identifier: Apache-2.0
// Buckets in this process's memory: at most so many, found by key, exact across loops. Any thread.
//
// A node is 32 bytes, half a cache line: the key, one 64-bit word, when it was used, and the next
// node of its chain. The first node of a chain lies in the table itself, so that most lookups touch
// one line. Taking is a compare-and-swap on the word; no lock. The word's upper 8 bits change
// whenever the node goes to another key, so that who was about to take from the old one fails and
// looks again. Inserting and evicting hold the lock of the chain's stripe. When all nodes are in
// use, of a few that chance picks one goes whose limit has forgotten it, else the idlest; a slot of
// `concurrency` that somebody holds never does.
#pragma once

#include "limits/limit.h"
#include "store/key.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace portico::ratelimit {

class BucketTable {
 public:
  static constexpr std::size_t LeastKeys = 16;
  static constexpr std::size_t MostKeys = 100'000'000;

  /// Reserves addresses for that many; memory is taken as keys come. Throws std::bad_alloc.
  explicit BucketTable(std::size_t most_keys);
  BucketTable(const BucketTable&) = delete;
  BucketTable& operator=(const BucketTable&) = delete;
  ~BucketTable();

  /// Says that the key is about to be looked for.
  void expect(const Key& key) const noexcept { __builtin_prefetch(&nodes_[home(key)]); }

  /// Takes from the bucket of that key, which is made where there is none. Where every bucket is
  /// held by requests under way, there is room for none: refused.
  [[nodiscard]] Taken take(const Key& key, const Limit& limit, const Moment& moment,
                           std::uint32_t cost) noexcept;
  /// What `take` would say.
  [[nodiscard]] Reading peek(const Key& key, const Limit& limit, const Moment& moment,
                             std::uint32_t cost) const noexcept;
  /// Undoes a `take` that left `receipt`.
  void give_back(const Key& key, const Limit& limit, Word receipt, std::uint32_t cost) noexcept;
  /// Forgets what was taken under that key. Whether there was anything.
  bool forget(const Key& key) noexcept;

  /// Keys that have a node, be it one that says nothing any more.
  [[nodiscard]] std::size_t held() const noexcept { return held_.load(std::memory_order_relaxed); }
  /// Keys that had to make room.
  [[nodiscard]] std::uint64_t evicted() const noexcept {
    return evicted_.load(std::memory_order_relaxed);
  }

 private:
  struct alignas(32) Node {
    std::atomic<Word> word;
    std::atomic<std::uint64_t> low;
    std::atomic<std::uint64_t> high;
    std::atomic<std::uint32_t> used;
    std::atomic<std::uint32_t> next;
  };
  /// A node and the word that it had when its key was read.
  struct Found {
    Node* node = nullptr;
    Word word = 0;
  };
  static constexpr std::uint32_t None = static_cast<std::uint32_t>(-1);
  struct Victim {
    std::uint32_t index = None;
    Word word = 0;
    Key key{};
  };
  enum class Inserted : std::uint8_t { Yes, ThereAlready, NoRoom };

  [[nodiscard]] std::uint32_t home(const Key& key) const noexcept {
    return static_cast<std::uint32_t>(key.low) & mask_;
  }
  [[nodiscard]] std::mutex& stripe(std::uint32_t chain) noexcept {
    return stripes_[chain % stripes_.size()];
  }
  [[nodiscard]] static Key key_of(const Node& node) noexcept;
  [[nodiscard]] Found find(const Key& key) const noexcept;
  static void touch(Node& node, std::uint32_t now) noexcept;
  [[nodiscard]] Inserted insert(const Key& key, Word payload, std::uint32_t used) noexcept;
  [[nodiscard]] bool count_one() noexcept;
  [[nodiscard]] bool add(std::uint32_t chain, const Key& key, Word payload,
                         std::uint32_t used) noexcept;
  static void fill(Node& node, const Key& key, Word payload, std::uint32_t used) noexcept;
  /// One of the chain that says nothing any more, claimed; null when there is none.
  [[nodiscard]] Node* claim_in_chain(std::uint32_t chain, std::uint32_t now) noexcept;
  [[nodiscard]] static bool claim(Node& node, Word word) noexcept;
  [[nodiscard]] std::uint32_t free_node() noexcept;
  [[nodiscard]] bool make_room(std::uint32_t now) noexcept;
  [[nodiscard]] Victim choose(std::uint32_t now) noexcept;
  [[nodiscard]] bool evict(const Victim& victim) noexcept;
  void unlink(std::uint32_t chain, std::uint32_t index) noexcept;
  [[nodiscard]] std::uint32_t chance() noexcept;

  std::uint32_t most_;
  std::uint32_t mask_;  // Of the chains' first nodes.
  std::uint32_t nodes_end_;
  Node* nodes_;  // The chains' first nodes, then the rest.
  std::atomic<std::size_t> held_{0};
  std::atomic<std::uint64_t> evicted_{0};
  std::atomic<std::uint32_t> fresh_;  // The first node that was never used.
  std::atomic<std::uint64_t> seed_{0};
  std::mutex free_mutex_;
  std::uint32_t free_ = 0;  // Nodes that were unlinked, by their `next`; 0: none.
  std::array<std::mutex, 256> stripes_;
};

}  // namespace portico::ratelimit
