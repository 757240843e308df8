// SPDX-License-Identifier: Apache-2.0
#include "keys/hash.h"

#include <cstring>

#include <sodium/crypto_generichash_blake2b.h>

namespace portico::ratelimit {

Key Hash::operator()(std::string_view text) const noexcept {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::array<unsigned char, sizeof(Key)> hash;
  if (secret_) {
    static_assert(sizeof(Key) == crypto_shorthash_siphashx24_BYTES);
    crypto_shorthash_siphashx24(hash.data(), bytes, text.size(),
                                reinterpret_cast<const unsigned char*>(secret_->data()));
  } else {
    crypto_generichash_blake2b(hash.data(), hash.size(), bytes, text.size(), nullptr, 0);
  }
  Key key;
  std::memcpy(&key, hash.data(), sizeof(key));
  return key;
}

}  // namespace portico::ratelimit
