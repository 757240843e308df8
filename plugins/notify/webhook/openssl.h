// SPDX-License-Identifier: Apache-2.0
// OpenSSL's objects with an owner. Any thread.
#pragma once

#include <memory>
#include <string_view>

#include <openssl/err.h>
#include <openssl/evp.h>

namespace portico::notify::webhook {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

using KeyPointer = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

/// Takes back what OpenSSL complains of meanwhile. A thread has one list of complaints, and who
/// speaks TLS on it reads the last one as its own.
class Discreet {
 public:
  Discreet() noexcept { ERR_set_mark(); }
  Discreet(const Discreet&) = delete;
  Discreet& operator=(const Discreet&) = delete;
  ~Discreet() { ERR_pop_to_mark(); }
};

[[nodiscard]] inline const unsigned char* octets(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace portico::notify::webhook
