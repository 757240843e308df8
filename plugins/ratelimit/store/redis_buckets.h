// SPDX-License-Identifier: Apache-2.0
// Buckets in Redis, for all nodes that ask it: one script takes from all limits of a request at
// once, by the clock of Redis. A key there is a hash, never what was hashed.
#pragma once

#include "policy/policy.h"
#include "store/key.h"
#include <portico/host.h>
#include <portico/redis.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ratelimit {

class RedisBuckets {
 public:
  /// `prefix` begins every key.
  RedisBuckets(Redis& redis, std::string prefix, Host& host);

  /// Asks for what `decision_of` reads.
  [[nodiscard]] Operation<RedisReply> take(Request& request, const Policy& policy, const Key& key,
                                           std::uint32_t cost) const;
  /// None where Redis was away, or said what is no decision.
  [[nodiscard]] static std::optional<Decision> decision_of(const RedisReply& reply,
                                                           const Policy& policy,
                                                           std::uint32_t cost);
  /// Nobody waits for it.
  void give_back(const Policy& policy, const Key& key, const std::array<Word, MostLimits>& receipts,
                 std::uint32_t cost, Policy::What what) const;
  /// Forgets what was taken under that key, slots apart. How many limits had anything; waits.
  std::size_t forget(const Policy& policy, const Key& key) const;
  /// Says that this node lives, and its slots with it. To be called every `SignInterval`.
  static constexpr std::chrono::seconds SignInterval{10};
  void live() const;

 private:
  [[nodiscard]] std::string name_of(const Key& key, const Policy::Member& member) const;

  Redis& redis_;
  std::string prefix_;
  std::string node_;
  std::string signs_;  // What the signs of life of nodes begin with.
  RedisScript take_;
};

}  // namespace portico::ratelimit
