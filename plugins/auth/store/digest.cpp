// SPDX-License-Identifier: Apache-2.0
#include "store/digest.h"

#include <memory>
#include <new>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace portico::auth {
namespace {

[[nodiscard]] const unsigned char* octets(std::span<const std::byte> bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// What a thread keeps: looking for the algorithm takes longer than a short text does.
class HmacContext {
 public:
  HmacContext() {
    const std::unique_ptr<EVP_MAC, Free> algorithm(::EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    if (algorithm) context_.reset(::EVP_MAC_CTX_new(algorithm.get()));
    char name[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        ::OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
        ::OSSL_PARAM_construct_end()};
    if (!context_ || ::EVP_MAC_CTX_set_params(context_.get(), parameters) != 1) {
      throw std::bad_alloc();
    }
  }
  [[nodiscard]] EVP_MAC_CTX* get() const noexcept { return context_.get(); }

 private:
  struct Free {
    void operator()(EVP_MAC* algorithm) const noexcept { ::EVP_MAC_free(algorithm); }
    void operator()(EVP_MAC_CTX* context) const noexcept { ::EVP_MAC_CTX_free(context); }
  };
  std::unique_ptr<EVP_MAC_CTX, Free> context_;
};

}  // namespace

Fields& Fields::text(std::string_view value) {
  put('t', value);
  return *this;
}

Fields& Fields::bytes(std::span<const std::byte> value) {
  put('b', {reinterpret_cast<const char*>(value.data()), value.size()});
  return *this;
}

Fields& Fields::number(std::int64_t value) {
  put('n', std::to_string(value));
  return *this;
}

Fields& Fields::nothing() {
  put('-', {});
  return *this;
}

void Fields::put(char kind, std::string_view value) {
  written_ += kind;
  written_ += std::to_string(value.size());
  written_ += ':';
  written_ += value;
}

Digest sha256(std::span<const std::byte> bytes) {
  Digest digest{};
  unsigned size = 0;
  if (::EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                   &size, ::EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();  // Nothing else can be wrong with it.
  }
  return digest;
}

Digest hmac(KeyBytes key, std::span<const std::byte> bytes) {
  thread_local const HmacContext context;
  Digest digest{};
  std::size_t size = 0;
  EVP_MAC_CTX* const each = context.get();
  if (::EVP_MAC_init(each, octets(key), key.size(), nullptr) != 1 ||
      ::EVP_MAC_update(each, octets(bytes), bytes.size()) != 1 ||
      ::EVP_MAC_final(each, reinterpret_cast<unsigned char*>(digest.data()), &size,
                      digest.size()) != 1) {
    throw std::bad_alloc();
  }
  return digest;
}

Digest extract(KeyBytes master) {
  const Digest salt{};
  return hmac(salt, master);
}

// RFC 5869 with a hash's length of output: one round.
Digest expand(const Digest& extracted, std::span<const std::byte> info) {
  std::string block(reinterpret_cast<const char*>(info.data()), info.size());
  block += '\x01';
  return hmac(extracted, std::as_bytes(std::span(block)));
}

bool equal(std::span<const std::byte> a, std::span<const std::byte> b) noexcept {
  return a.size() == b.size() && ::CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace portico::auth
