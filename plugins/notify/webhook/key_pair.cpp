// SPDX-License-Identifier: Apache-2.0
#include "webhook/key_pair.h"

#include "webhook/openssl.h"

#include <stdexcept>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t SignatureSize = 64;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("OpenSSL cannot ") + what);
}

KeyPointer private_key_in(std::string_view bytes) {
  if (bytes.size() != KeySize) throw std::invalid_argument("this is no private key of Ed25519");
  KeyPointer key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(bytes), bytes.size()));
  if (!key) fail("read a private key");
  return key;
}

}  // namespace

std::string public_key_of(std::string_view private_key) {
  const Discreet discreet;
  const KeyPointer key = private_key_in(private_key);
  std::string half(KeySize, '\0');
  std::size_t size = half.size();
  if (EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(half.data()),
                                  &size) != 1 ||
      size != KeySize) {
    fail("derive a public key");
  }
  return half;
}

std::string ed25519_signature(std::string_view private_key, std::string_view content) {
  const Discreet discreet;
  const KeyPointer key = private_key_in(private_key);
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(SignatureSize, '\0');
  std::size_t size = signature.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     octets(content), content.size()) != 1 ||
      size != SignatureSize) {
    fail("sign");
  }
  return signature;
}

bool ed25519_verifies(std::string_view public_key, std::string_view content,
                      std::string_view signature) {
  const Discreet discreet;
  if (public_key.size() != KeySize || signature.size() != SignatureSize) return false;
  const KeyPointer key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(public_key),
                                                   public_key.size()));
  const DigestContext context(EVP_MD_CTX_new());
  return key && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(content),
                          content.size()) == 1;
}

}  // namespace portico::notify::webhook
