// SPDX-License-Identifier: Apache-2.0
#include "jose/openssl.h"

#include <cstdio>
#include <cstdlib>

namespace portico::auth {
namespace {

/// An OpenSSL without SHA-256 is broken or forbidden to use it; nothing here can go on.
template <class T>
T* required(T* object) noexcept {
  if (object == nullptr) {
    std::fputs("auth: OpenSSL has no SHA-256; look at openssl.cnf and its providers\n", stderr);
    std::abort();
  }
  return object;
}

}  // namespace

const EVP_MD* sha256() noexcept {
  static const EVP_MD* const digest = required(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  return digest;
}

EVP_MAC* hmac() noexcept {
  static EVP_MAC* const mac = required(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  return mac;
}

Sha256 sha256_of(std::string_view bytes) noexcept {
  thread_local const DigestContext context(required(EVP_MD_CTX_new()));
  Sha256 digest;
  // Fails for lack of memory alone, and then the first time on a thread.
  if (EVP_DigestInit_ex2(context.get(), sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) {
    std::abort();
  }
  return digest;
}

}  // namespace portico::auth
