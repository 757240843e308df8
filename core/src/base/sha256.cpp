// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include "base/hex.h"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace portico::base {

std::string sha256(std::span<const std::byte> bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return hex(std::as_bytes(std::span(digest).first(size)));
}

}  // namespace portico::base
