// SPDX-License-Identifier: Apache-2.0
#include "gate/token_cache.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace portico::auth {
namespace {

/// Longer than the signature of ES256 and EdDSA, which is 86 characters.
constexpr std::size_t HashedEnd = 96;
/// What an entry costs beside its texts: the node of the map, and its share of the buckets.
constexpr std::size_t Overhead = sizeof(TokenCache::Entry) + 64;

}  // namespace

TokenCache::Key TokenCache::key_of(std::string_view credential) const noexcept {
  const std::string_view end =
      credential.substr(credential.size() - std::min(credential.size(), HashedEnd));
  std::array<unsigned char, crypto_shorthash_siphashx24_BYTES> hash;
  crypto_shorthash_siphashx24(hash.data(), reinterpret_cast<const unsigned char*>(end.data()),
                              end.size(), reinterpret_cast<const unsigned char*>(secret_.data()));
  Key key;
  static_assert(sizeof(key) == sizeof(hash));
  std::memcpy(&key, hash.data(), sizeof(key));
  return key;
}

TokenCache::Entry* TokenCache::find(std::string_view credential) noexcept {
  const auto found = entries_.find(key_of(credential));
  if (found == entries_.end() || found->second.credential != credential) return nullptr;
  Entry& entry = found->second;
  if (&entry != newest_) {
    unlink(entry);
    link(entry);
  }
  return &entry;
}

void TokenCache::insert(std::string_view credential, std::shared_ptr<const Caller> caller,
                        std::size_t bytes, std::uint64_t epoch) {
  const Key key = key_of(credential);
  if (const auto old = entries_.find(key); old != entries_.end()) drop(old);
  const std::size_t cost = Overhead + credential.size() + bytes;
  if (cost > limits_.bytes || limits_.entries == 0) return;
  make_room(cost);
  Entry& entry = entries_[key];
  entry.credential = credential;
  entry.caller = std::move(caller);
  entry.epoch = epoch;
  entry.bytes_ = cost;
  bytes_ += cost;
  link(entry);
}

void TokenCache::erase(std::string_view credential) noexcept {
  const auto found = entries_.find(key_of(credential));
  if (found != entries_.end() && found->second.credential == credential) drop(found);
}

void TokenCache::make_room(std::size_t bytes) noexcept {
  while (oldest_ != nullptr &&
         (entries_.size() >= limits_.entries || bytes_ + bytes > limits_.bytes)) {
    drop(entries_.find(key_of(oldest_->credential)));
  }
}

void TokenCache::drop(Entries::iterator found) noexcept {
  unlink(found->second);
  bytes_ -= found->second.bytes_;
  entries_.erase(found);
}

void TokenCache::link(Entry& entry) noexcept {
  entry.older_ = newest_;
  entry.newer_ = nullptr;
  (newest_ != nullptr ? newest_->newer_ : oldest_) = &entry;
  newest_ = &entry;
}

void TokenCache::unlink(Entry& entry) noexcept {
  (entry.newer_ != nullptr ? entry.newer_->older_ : newest_) = entry.older_;
  (entry.older_ != nullptr ? entry.older_->newer_ : oldest_) = entry.newer_;
}

}  // namespace portico::auth
