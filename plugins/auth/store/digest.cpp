// SPDX-License-Identifier: Apache-2.0
#include "store/digest.h"

#include <new>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace portico::auth {
namespace {

[[nodiscard]] const unsigned char* octets(std::span<const std::byte> bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

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
  Digest digest{};
  unsigned size = 0;
  if (::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(),
             reinterpret_cast<unsigned char*>(digest.data()), &size) == nullptr) {
    throw std::bad_alloc();
  }
  return digest;
}

Digest derive(KeyBytes master, std::span<const std::byte> info) {
  // RFC 5869 with a hash's length of output: one step of extraction, one of expansion.
  const Digest salt{};
  const Digest extracted = hmac(salt, master);
  std::string block(reinterpret_cast<const char*>(info.data()), info.size());
  block += '\x01';
  return hmac(extracted, std::as_bytes(std::span(block)));
}

bool equal(std::span<const std::byte> a, std::span<const std::byte> b) noexcept {
  return a.size() == b.size() && ::CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace portico::auth
