// SPDX-License-Identifier: Apache-2.0
#include "http/cookie_signer.h"

#include "base/base64url.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

#include <openssl/crypto.h>

namespace portico::http {

namespace {

constexpr std::size_t SignatureSize = base::base64url_size(std::tuple_size_v<base::Digest>);

}  // namespace

CookieSigner::CookieSigner(std::string_view secret) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
  const auto* const bytes = reinterpret_cast<const unsigned char*>(secret.data());
  if (!base::derive_key({bytes, secret.size()}, "portico signed cookies", key_)) {
    throw std::runtime_error("OpenSSL cannot derive the key of signed cookies");
  }
}

CookieSigner::~CookieSigner() { OPENSSL_cleanse(key_.data(), key_.size()); }

std::string_view CookieSigner::sign(std::string_view name, std::string_view value,
                                    base::Arena& arena) const {
  const std::string_view signature = this->signature(name, value, arena);
  const std::size_t size = value.size() + 1 + signature.size();
  char* const text = arena.array<char>(size);
  char* const end = std::copy(value.begin(), value.end(), text);
  *end = '.';
  std::copy(signature.begin(), signature.end(), end + 1);
  return {text, size};
}

std::optional<std::string_view> CookieSigner::verify(std::string_view name, std::string_view text,
                                                     base::Arena& arena) const {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || text.size() - dot - 1 != SignatureSize) return std::nullopt;
  const std::string_view value = text.substr(0, dot);
  const std::string_view wanted = signature(name, value, arena);
  if (CRYPTO_memcmp(wanted.data(), text.data() + dot + 1, SignatureSize) != 0) return std::nullopt;
  return value;
}

// A name has no '=', so no other name and value make the same text.
std::string_view CookieSigner::signature(std::string_view name, std::string_view value,
                                         base::Arena& arena) const {
  const std::size_t size = name.size() + 1 + value.size();
  char* const signed_text = arena.array<char>(size);
  char* const end = std::copy(name.begin(), name.end(), signed_text);
  *end = '=';
  std::copy(value.begin(), value.end(), end + 1);
  char* const text = arena.array<char>(SignatureSize);
  base::write_base64url(base::authenticate(key_, {signed_text, size}), text);
  return {text, SignatureSize};
}

}  // namespace portico::http
