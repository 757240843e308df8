// SPDX-License-Identifier: Apache-2.0
// The limits that a request is held against at one place, together: all must allow, and a refused
// request takes from none.
#pragma once

#include "policy/settled_limit.h"
#include "store/key.h"
#include "store/memory.h"
#include <portico/metrics.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ratelimit {

/// The words of one limit, as the scripts of Redis read them.
inline constexpr std::size_t ScriptWords = 6;
[[nodiscard]] std::array<std::string, ScriptWords> script_words(const SettledLimit& limit);

/// What the limits say of a request, in their order.
struct Decision {
  bool allowed = true;
  std::int64_t retry = 0;  ///< Refused: microseconds until all would allow it.
  std::array<Reading, MostLimits> readings;
  std::array<Word, MostLimits> receipts;
};

class Policy {
 public:
  struct Member {
    SettledLimit settled;
    Key id;                                      ///< Mixed with the key of who asks.
    Key shared_id;                               ///< The same on every node.
    std::array<std::string, ScriptWords> words;  ///< For the scripts of Redis.
    Counter* allowed;
    Counter* refused;
  };

  /// `home` names the buckets, for metrics too.
  Policy(const LimitSet& set, std::string_view home, Memory& memory, Host& host);

  [[nodiscard]] const std::vector<Member>& members() const noexcept { return members_; }
  [[nodiscard]] bool has_concurrency() const noexcept { return has_concurrency_; }
  /// The most that a request can take of each.
  [[nodiscard]] std::uint32_t units_at_once() const noexcept;

  /// From buckets in memory.
  [[nodiscard]] Decision take(const Key& key, const Moment& moment, std::uint32_t cost) const;
  /// Of readings that are there: whether all allow, when all would, and what is left where one does
  /// not.
  void conclude(Decision& decision, std::uint32_t cost) const noexcept;
  /// For metrics.
  void count(const Decision& decision) const noexcept;
  enum class What : std::uint8_t { Everything, Slots };
  /// Gives back what was taken, or the slots of `concurrency` alone.
  void give_back(const Key& key, const std::array<Word, MostLimits>& receipts, std::uint32_t cost,
                 What what) const noexcept;
  /// Forgets what was taken under that key, slots apart. How many limits had anything.
  std::size_t forget(const Key& key) const noexcept;

 private:
  void take_one(const Key& key, const Moment& moment, std::uint32_t cost, Decision& decision) const;
  void take_all(const Key& key, const Moment& moment, std::uint32_t cost, Decision& decision) const;

  BucketTable& table_;
  std::vector<Member> members_;
  bool has_concurrency_ = false;
};

}  // namespace portico::ratelimit
