// SPDX-License-Identifier: Apache-2.0
// What the plugin keeps over reloads: the buckets, the hash of their keys, the time that they are
// measured by, and who was refused.
#pragma once

#include "keys/hash.h"
#include "limits/bucket.h"
#include "operators/refused_keys.h"
#include "store/bucket_table.h"
#include <portico/host.h>
#include <portico/http.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portico::ratelimit {

class Memory {
 public:
  Memory(std::size_t most_keys, Host& host)
      : table_(most_keys), born_(host.now()), born_unix_(host.unix_time().count()) {
    HashSecret secret;
    host.random(secret);
    hash_ = Hash(secret);
  }

  [[nodiscard]] BucketTable& table() noexcept { return table_; }
  [[nodiscard]] RefusedKeys& refused() noexcept { return refused_; }
  /// Keys that had to make room since this was asked last.
  [[nodiscard]] std::uint64_t newly_evicted() noexcept {
    const std::uint64_t now = table_.evicted();
    return now - told_evicted_.exchange(now);
  }
  [[nodiscard]] const Hash& hash() const noexcept { return hash_; }
  [[nodiscard]] Moment moment(const Request& request) const noexcept {
    const std::int64_t lived =
        std::chrono::duration_cast<std::chrono::microseconds>(request.now() - born_).count();
    // The turn of a loop may have begun a little before.
    return {.lived = std::max(lived, std::int64_t{0}) + Second,
            .steady = born_unix_ + lived,
            .unix = request.unix_time().count()};
  }

 private:
  BucketTable table_;
  RefusedKeys refused_;
  std::atomic<std::uint64_t> told_evicted_{0};
  Hash hash_;
  std::chrono::nanoseconds born_;
  std::int64_t born_unix_;
};

}  // namespace portico::ratelimit
