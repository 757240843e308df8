// SPDX-License-Identifier: Apache-2.0
// The keys of our own tokens: the one that signs, and all that verify. They are in the database,
// the private ones sealed, and the same for every node. `turn` does what is due; who signs reads a
// snapshot. Any thread; `turn` may block.
#pragma once

#include "issuers/key_shelf.h"
#include "jose/signing_key.h"
#include "store/signing_keys.h"
#include <portico/host.h>
#include <portico/sql.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace portico::auth {

/// One state of it.
struct SigningState {
  SigningKey signer;
  std::string jwks;
  std::string etag;
};

class KeyRing {
 public:
  /// How often `turn` is to be called: a key that another node published is known before it signs.
  static constexpr std::chrono::seconds Pace{60};
  static constexpr std::chrono::seconds MaxAge{300};  ///< Of the JWKS, in caches.

  /// What verifies goes onto the shelf, too.
  KeyRing(Host& host, Sql& sql, std::shared_ptr<KeyShelf> shelf, const KeyTimes& times);

  /// Reads the keys, makes and retires some where it is time. Throws SqlError, and
  /// std::runtime_error where the key that signs was sealed with another `secret`.
  void turn();
  /// Null before the first `turn`.
  [[nodiscard]] std::shared_ptr<const SigningState> state() const;

 private:
  [[nodiscard]] std::vector<SigningKeyRow> rows();
  void note(Transaction& db, const KeyStep& step);
  void take(const std::vector<SigningKeyRow>& rows);
  [[nodiscard]] SigningKey unsealed(const SigningKeyRow& row) const;

  Host& host_;
  Sql& sql_;
  const std::shared_ptr<KeyShelf> shelf_;
  const KeyTimes times_;
  mutable std::mutex mutex_;
  std::shared_ptr<const SigningState> state_;  // Read by workers while it is replaced.
};

}  // namespace portico::auth
