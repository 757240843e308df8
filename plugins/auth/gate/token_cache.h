// SPDX-License-Identifier: Apache-2.0
// Credentials that were found good a while ago, for one thread: a signature is verified once and
// not with each request. Bounded by number and by bytes; the one that was longest not asked for
// goes first. What an entry says may have become wrong since: the caller of `find` checks its
// expiry, and its epoch against what was revoked.
//
// Entries are found by SipHash with a secret of this process and then compared whole. What is
// hashed is a credential's end: of a token that is its signature, and only what was verified gets
// in here. Whoever can make two tokens with one end has broken the signature already.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <sodium/crypto_shorthash_siphash24.h>

namespace portico::auth {

struct Caller;

using CacheSecret = std::array<std::byte, crypto_shorthash_siphashx24_KEYBYTES>;

class TokenCache {
 public:
  struct Limits {
    std::size_t entries = 10'000;
    std::size_t bytes = std::size_t{16} << 20U;
  };

  struct Entry {
    std::string credential{};
    /// Shared with the requests that it answers for: an entry may be evicted under them.
    std::shared_ptr<const Caller> caller{};
    std::uint64_t epoch = 0;  ///< Of revocations, when it was last compared with them.

   private:
    friend class TokenCache;
    std::size_t bytes_ = 0;
    Entry* newer_ = nullptr;
    Entry* older_ = nullptr;
  };

  TokenCache(const Limits& limits, const CacheSecret& secret) noexcept
      : limits_(limits), secret_(secret) {}
  TokenCache(const TokenCache&) = delete;
  TokenCache& operator=(const TokenCache&) = delete;

  /// Null when it is not there. Valid until the next call. Allocates nothing.
  [[nodiscard]] Entry* find(std::string_view credential) noexcept;
  /// `bytes` is what the caller's data takes beside the entry itself. One that is larger than all
  /// of the cache may be is not kept.
  void insert(std::string_view credential, std::shared_ptr<const Caller> caller, std::size_t bytes,
              std::uint64_t epoch);
  void erase(std::string_view credential) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

 private:
  struct Key {
    std::uint64_t first;
    std::uint64_t second;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept { return key.first; }
  };
  using Entries = std::unordered_map<Key, Entry, KeyHash>;

  [[nodiscard]] Key key_of(std::string_view credential) const noexcept;
  void link(Entry& entry) noexcept;
  void unlink(Entry& entry) noexcept;
  void drop(Entries::iterator found) noexcept;
  void make_room(std::size_t bytes) noexcept;

  const Limits limits_;
  const CacheSecret secret_;
  Entries entries_;
  Entry* newest_ = nullptr;
  Entry* oldest_ = nullptr;
  std::size_t bytes_ = 0;
};

}  // namespace portico::auth
