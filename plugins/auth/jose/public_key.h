// SPDX-License-Identifier: Apache-2.0
// Public keys from their numbers, checked: whoever can make us accept a weak one can sign for its
// owner. Numbers are bytes, the most significant first, as JWK has them (RFC 7518 §6). Any thread.
#pragma once

#include "jose/algorithm.h"
#include "jose/openssl.h"
#include "jose/result.h"

#include <string>
#include <string_view>

namespace portico::auth {

struct PublicKey {
  Algorithm algorithm;
  KeyPointer key;
  std::string members;  // `"crv":"P-256",...`: the text that RFC 7638 hashes, without its braces.
};

/// 32 bytes each; refused unless they are a point of the curve.
[[nodiscard]] Result<PublicKey> p256_key(std::string_view x, std::string_view y);
/// 32 bytes.
[[nodiscard]] Result<PublicKey> ed25519_key(std::string_view x);
/// 2048 to 8192 bits; the exponent odd, from 65537 to 64 bits. What tells the keys of a broken chip
/// (`rsa_fault`) is refused as well.
[[nodiscard]] Result<PublicKey> rsa_key(std::string_view n, std::string_view e);

/// The same of a key that OpenSSL has read, whatever else it holds.
[[nodiscard]] Result<PublicKey> public_key_of(const EVP_PKEY& key);

/// RFC 7638.
[[nodiscard]] std::string thumbprint_of(const PublicKey& key);

}  // namespace portico::auth
