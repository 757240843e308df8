// SPDX-License-Identifier: Apache-2.0
#include "jose/forge.h"

#include "jose/base64url.h"
#include "jose/public_key.h"
#include "jose/token.h"

#include <array>
#include <memory>
#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace portico::auth::testing {
namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

std::string raw_of(std::string_view der, int half) {
  const unsigned char* at = octets(der);
  const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  std::string raw(static_cast<std::size_t>(2 * half), '\0');
  auto* const out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, half);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + half, half);
  return raw;
}

}  // namespace

std::string claims_with(std::string_view members) {
  std::string claims(GoodClaims);
  claims.pop_back();
  return claims.append(",").append(members).append("}");
}

Rules our_rules() { return {.issuer = "https://id.example", .audiences = {"api"}}; }

const Forge& Forge::es256() {
  static const Forge forge(EVP_EC_gen("P-256"));
  return forge;
}

const Forge& Forge::es384() {
  static const Forge forge(EVP_EC_gen("P-384"));
  return forge;
}

const Forge& Forge::eddsa() {
  static const Forge forge(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  return forge;
}

const Forge& Forge::rs256() {
  static const Forge forge(EVP_RSA_gen(2048));
  return forge;
}

const Forge& Forge::rsa1024() {
  static const Forge forge(EVP_RSA_gen(1024));
  return forge;
}

Forge Forge::another_es256() { return Forge(EVP_EC_gen("P-256")); }

Key Forge::key(std::string_view id) const {
  auto half = public_key_of(*pkey_);
  if (!half) throw std::logic_error(half.error().sentence);
  return Key::of(*std::move(half), id);
}

std::string Forge::pem() const {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PUBKEY(bio.get(), pkey_.get());
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Forge::der() const {
  std::string der(static_cast<std::size_t>(i2d_PUBKEY(pkey_.get(), nullptr)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  i2d_PUBKEY(pkey_.get(), &at);
  return der;
}

std::string Forge::signature(std::string_view text) const {
  const DigestContext context(EVP_MD_CTX_new());
  const bool pure = EVP_PKEY_is_a(pkey_.get(), "ED25519") == 1;
  const EVP_MD* const digest = pure ? nullptr : EVP_sha256();
  std::string bytes(1024, '\0');
  std::size_t size = bytes.size();
  if (EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, pkey_.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size,
                     octets(text), text.size()) != 1) {
    throw std::logic_error("the forge cannot sign");
  }
  bytes.resize(size);
  if (EVP_PKEY_is_a(pkey_.get(), "EC") != 1) return bytes;
  return raw_of(bytes, (EVP_PKEY_get_bits(pkey_.get()) + 7) / 8);
}

std::string Forge::token(std::string_view header, std::string_view payload) const {
  const std::string text = base64url::encode(header) + '.' + base64url::encode(payload);
  return text + '.' + base64url::encode(signature(text));
}

std::string hs256_signature(std::string_view secret, std::string_view text) {
  std::array<unsigned char, 32> mac;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), octets(text), text.size(),
       mac.data(), nullptr);
  return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::string hs256_token(std::string_view secret, std::string_view header,
                        std::string_view payload) {
  const std::string text = base64url::encode(header) + '.' + base64url::encode(payload);
  return text + '.' + base64url::encode(hs256_signature(secret, text));
}

std::string compact(std::string_view header, std::string_view payload, std::string_view signature) {
  return base64url::encode(header) + '.' + base64url::encode(payload) + '.' +
         base64url::encode(signature);
}

std::string verdict(std::string_view text, const Key& key, const Rules& rules,
                    std::chrono::seconds now) {
  const auto token = Token::parse(text);
  if (!token) return std::string(word_of(token.error()));
  if (const auto fault = verify_signature(*token, key)) return std::string(word_of(*fault));
  if (const auto fault = check(*token, rules, now)) return std::string(word_of(*fault));
  return "fine";
}

std::string verdict(std::string_view token) { return verdict(token, Forge::es256().key()); }

}  // namespace portico::auth::testing
