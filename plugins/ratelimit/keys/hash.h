// SPDX-License-Identifier: Apache-2.0
// SipHash of 128 bits, keyed by a secret of this process: nobody outside can choose two keys that
// share a bucket, and a hash tells nothing of what was hashed.
#pragma once

#include "store/key.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <sodium/crypto_shorthash_siphash24.h>

namespace portico::ratelimit {

using HashSecret = std::array<std::byte, crypto_shorthash_siphashx24_KEYBYTES>;

[[nodiscard]] inline Key hash_of(std::string_view text, const HashSecret& secret) noexcept {
  static_assert(sizeof(Key) == crypto_shorthash_siphashx24_BYTES);
  std::array<unsigned char, sizeof(Key)> hash;
  crypto_shorthash_siphashx24(hash.data(), reinterpret_cast<const unsigned char*>(text.data()),
                              text.size(), reinterpret_cast<const unsigned char*>(secret.data()));
  Key key;
  std::memcpy(&key, hash.data(), sizeof(key));
  return key;
}

}  // namespace portico::ratelimit
