// SPDX-License-Identifier: Apache-2.0
#include "gate/user_key.h"

#include <cstring>

namespace portico::rbac {

UserKey UserKeys::operator()(std::string_view user) const noexcept {
  std::array<unsigned char, sizeof(UserKey)> hash;
  static_assert(sizeof(hash) == crypto_shorthash_siphashx24_BYTES);
  crypto_shorthash_siphashx24(hash.data(), reinterpret_cast<const unsigned char*>(user.data()),
                              user.size(), reinterpret_cast<const unsigned char*>(secret_.data()));
  UserKey key;
  std::memcpy(&key, hash.data(), sizeof(key));
  return key;
}

}  // namespace portico::rbac
