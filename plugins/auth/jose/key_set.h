// SPDX-License-Identifier: Apache-2.0
// Keys by name: those of one issuer, ours or another's. A snapshot: filled by one thread, then read
// by any number.
#pragma once

#include "jose/key.h"
#include "jose/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

class KeySet {
 public:
  static constexpr std::size_t MostKeys = 100;
  static constexpr std::size_t MostTextSize = 256 * 1024;

  /// From a JWKS, RFC 7517 §5. Keys that we cannot use are passed over; a set in which two keys
  /// that we can use have one name is refused, for nobody could tell which of them is meant.
  [[nodiscard]] static Result<KeySet> parse(std::string_view jwks);

  /// False, and nothing is added, where the set is full or has a key of that name.
  [[nodiscard]] bool add(Key key);

  /// Null where there is none, and for the empty name.
  [[nodiscard]] const Key* find(std::string_view id) const noexcept;
  /// The one key of a set of one, for issuers whose tokens name none; else null.
  [[nodiscard]] const Key* only() const noexcept {
    return keys_.size() == 1 ? keys_.data() : nullptr;
  }

  [[nodiscard]] const std::vector<Key>& keys() const noexcept { return keys_; }
  /// What `parse` passed over and why, a sentence each, for the log.
  [[nodiscard]] const std::vector<std::string>& passed_over() const noexcept {
    return passed_over_;
  }

  /// The document to publish: public members alone, and no secrets of HMAC.
  [[nodiscard]] std::string jwks() const;

 private:
  std::vector<Key> keys_;
  std::vector<std::string> passed_over_;
};

}  // namespace portico::auth
