// SPDX-License-Identifier: Apache-2.0
#include "jose/signing_key.h"

#include "jose/base64url.h"
#include "jose/public_key.h"

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/x509.h>

namespace portico::auth {
namespace {

using PrivateKeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

constexpr int Half = 32;
constexpr std::size_t MostDerSize = 72;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

/// The one DER value that the text is.
PrivateKeyInfo info_in(std::string_view der) {
  const unsigned char* at = octets(der);
  PrivateKeyInfo info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  return at == octets(der) + der.size() ? std::move(info) : nullptr;
}

bool is_sound(EVP_PKEY* key) {
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  return context && EVP_PKEY_private_check(context.get()) == 1 &&
         EVP_PKEY_pairwise_check(context.get()) == 1;
}

}  // namespace

SigningKey SigningKey::generate() {
  const Discreet discreet;
  KeyPointer key(EVP_EC_gen("P-256"));
  if (!key) fail("generate a key");
  Result<SigningKey> made = of(std::move(key));
  if (!made) fail("read the key that it generated");
  return *std::move(made);
}

Result<SigningKey> SigningKey::from_private(std::string_view der) {
  const Discreet discreet;
  if (der.size() > Key::MostTextSize) return Refusal{"the private key is longer than 64 KiB"};
  const PrivateKeyInfo info = info_in(der);
  KeyPointer key(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
  if (!key) return Refusal{"this is no private key in the form of PKCS #8"};
  Result<SigningKey> made = of(std::move(key));
  if (made && !is_sound(made->key_.get())) return Refusal{"the private key is damaged"};
  return made;
}

Result<SigningKey> SigningKey::of(KeyPointer key) {
  const Result<PublicKey> half = public_key_of(*key);
  if (!half) return half.error();
  if (half->algorithm != Algorithm::Es256) return Refusal{"we sign with keys of P-256 alone"};
  return SigningKey(std::move(key), thumbprint_of(*half));
}

std::string SigningKey::private_der() const {
  const Discreet discreet;
  const PrivateKeyInfo info(EVP_PKEY2PKCS8(key_.get()));
  unsigned char* bytes = nullptr;
  const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &bytes) : -1;
  if (size < 0) fail("write a private key");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_clear_free(bytes, der.size());
  return der;
}

Key SigningKey::public_key() const {
  Result<PublicKey> half = public_key_of(*key_);
  if (!half) fail("read the public half of a key");
  return Key::of(*std::move(half));
}

std::string SigningKey::sign(std::string_view payload, std::string_view type) const {
  std::string header = R"({"alg":"ES256","kid":")" + id_ + R"(","typ":")";
  header.append(type).append("\"}");
  std::string text = base64url::encode(header) + '.' + base64url::encode(payload);
  const std::string signature = signature_of(text);
  return text.append(1, '.').append(base64url::encode(signature));
}

EVP_PKEY_CTX* SigningKey::context() const noexcept {
  thread_local ThreadContexts<KeyContext> contexts;
  return contexts.of(serial_, [this]() noexcept -> KeyContext {
    KeyContext made(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    return made && EVP_PKEY_sign_init(made.get()) == 1 ? std::move(made) : nullptr;
  });
}

std::string SigningKey::signature_of(std::string_view text) const {
  const Discreet discreet;
  const Sha256 digest = sha256_of(text);
  std::array<unsigned char, MostDerSize> der;
  std::size_t size = der.size();
  EVP_PKEY_CTX* const ready = context();
  if (ready == nullptr ||
      EVP_PKEY_sign(ready, der.data(), &size, digest.data(), digest.size()) != 1) {
    fail("sign");
  }
  const unsigned char* at = der.data();
  const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  std::array<unsigned char, 2 * Half> raw;
  if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), Half) != Half ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + Half, Half) != Half) {
    fail("tell what it signed");
  }
  return {reinterpret_cast<const char*>(raw.data()), raw.size()};
}

}  // namespace portico::auth
