// SPDX-License-Identifier: Apache-2.0
// OpenSSL's objects with an owner, and what is fetched from it once: in 3.0 a fetch by name takes
// longer than hashing a token. Any thread.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>

namespace portico::auth {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;

/// Takes back what OpenSSL complains of meanwhile. A thread has one list of complaints, and who
/// speaks TLS on it reads the last one as its own.
class Discreet {
 public:
  Discreet() noexcept { ERR_set_mark(); }
  Discreet(const Discreet&) = delete;
  Discreet& operator=(const Discreet&) = delete;
  ~Discreet() { ERR_pop_to_mark(); }
};

using Sha256 = std::array<unsigned char, 32>;

/// Never null; kept for good.
[[nodiscard]] const EVP_MD* sha256() noexcept;
[[nodiscard]] EVP_MAC* hmac() noexcept;

[[nodiscard]] Sha256 sha256_of(std::string_view bytes) noexcept;

[[nodiscard]] inline const unsigned char* octets(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace portico::auth
