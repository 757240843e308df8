// SPDX-License-Identifier: Apache-2.0
#include "base/derived_key.h"

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>

namespace portico::base {

namespace {

struct Free {
  void operator()(EVP_KDF* kdf) const noexcept { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const noexcept { EVP_KDF_CTX_free(context); }
};

}  // namespace

bool derive_key(std::span<const unsigned char> secret, std::string_view label,
                std::span<unsigned char> out) noexcept {
  const std::unique_ptr<EVP_KDF, Free> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Free> context(EVP_KDF_CTX_new(kdf.get()));
  if (!context) return false;
  // OpenSSL's parameters are not const; it only reads these.
  std::array<char, 7> digest{"SHA256"};
  auto* const key = const_cast<unsigned char*>(secret.data());
  auto* const info = const_cast<char*>(label.data());
  const std::array parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key, secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, label.size()),
      OSSL_PARAM_construct_end()};
  const bool derived =
      EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data()) == 1;
  ERR_clear_error();
  return derived;
}

Digest authenticate(std::span<const unsigned char> key, std::string_view text) {
  Digest digest;
  unsigned size = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(),
           digest.data(), &size) == nullptr) {
    ERR_clear_error();
    throw std::runtime_error("OpenSSL cannot compute an HMAC");
  }
  return digest;
}

}  // namespace portico::base
