// SPDX-License-Identifier: Apache-2.0
// The keys of one issuer as they were got last: immutable sets, one in the place of the other. Put
// there by whoever gets them, on any thread; read by loops when a token has to be verified. Those
// of a JWKS outlive reloads of the file: its server may be away just then.
#pragma once

#include "jose/key_set.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace portico::auth {

class KeyShelf {
 public:
  KeyShelf() = default;
  KeyShelf(const KeyShelf&) = delete;
  KeyShelf& operator=(const KeyShelf&) = delete;

  /// Null as long as there were none.
  [[nodiscard]] std::shared_ptr<const KeySet> keys() const;
  /// 0 as long as there were none; rises when they change. What was verified by an older set has to
  /// be verified again: a key may be gone.
  [[nodiscard]] std::uint64_t version() const noexcept {
    return version_.load(std::memory_order_acquire);
  }

  /// `source` is the text that the keys come from. False where it is what there was: nothing
  /// changes then.
  bool put(KeySet keys, std::string_view source);

 private:
  mutable std::mutex mutex_;
  std::string source_;
  std::shared_ptr<const KeySet> keys_;  // Read on many loops while it is replaced.
  std::atomic<std::uint64_t> version_{0};
};

}  // namespace portico::auth
