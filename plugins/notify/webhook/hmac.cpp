// SPDX-License-Identifier: Apache-2.0
#include "webhook/hmac.h"

#include "webhook/openssl.h"

#include <array>
#include <stdexcept>

#include <openssl/hmac.h>

namespace portico::notify::webhook {

std::string hmac_sha256(std::string_view key, std::string_view content) {
  const Discreet discreet;
  std::array<unsigned char, EVP_MAX_MD_SIZE> tag{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(content), content.size(),
           tag.data(), &size) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute an HMAC");
  }
  return {reinterpret_cast<const char*>(tag.data()), size};
}

}  // namespace portico::notify::webhook
