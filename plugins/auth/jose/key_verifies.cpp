// SPDX-License-Identifier: Apache-2.0
// Verification on OpenSSL's EVP. Every length and range is checked here first, so that one
// signature has one spelling.
#include "jose/key.h"
#include "jose/signature.h"

#include <openssl/crypto.h>
#include <openssl/rsa.h>

namespace portico::auth {

bool Key::verifies(std::string_view text, std::string_view signature) const noexcept {
  const Discreet discreet;
  switch (algorithm_) {
    case Algorithm::Es256: return verifies_es256(text, signature);
    case Algorithm::EdDsa: return verifies_eddsa(text, signature);
    case Algorithm::Rs256: return verifies_rs256(text, signature);
    case Algorithm::Hs256: return verifies_hs256(text, signature);
  }
  return false;
}

EVP_PKEY_CTX* Key::context() const noexcept {
  thread_local ThreadContexts<KeyContext> contexts;
  return contexts.of(serial_, [this]() noexcept -> KeyContext {
    KeyContext made(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    if (!made || EVP_PKEY_verify_init(made.get()) != 1) return nullptr;
    if (algorithm_ == Algorithm::Rs256 &&
        (EVP_PKEY_CTX_set_rsa_padding(made.get(), RSA_PKCS1_PADDING) != 1 ||
         EVP_PKEY_CTX_set_signature_md(made.get(), sha256()) != 1)) {
      return nullptr;
    }
    return made;
  });
}

bool Key::verifies_es256(std::string_view text, std::string_view signature) const noexcept {
  const auto der = EcdsaDer::of(signature);
  EVP_PKEY_CTX* const ready = der ? context() : nullptr;
  if (ready == nullptr) return false;
  const Sha256 digest = sha256_of(text);
  return EVP_PKEY_verify(ready, der->data(), der->size(), digest.data(), digest.size()) == 1;
}

bool Key::verifies_rs256(std::string_view text, std::string_view signature) const noexcept {
  if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()))) return false;
  EVP_PKEY_CTX* const ready = context();
  if (ready == nullptr) return false;
  const Sha256 digest = sha256_of(text);
  return EVP_PKEY_verify(ready, octets(signature), signature.size(), digest.data(),
                         digest.size()) == 1;
}

bool Key::verifies_eddsa(std::string_view text, std::string_view signature) const noexcept {
  if (!is_canonical_ed25519(signature)) return false;
  thread_local const DigestContext context(EVP_MD_CTX_new());
  return context && EVP_MD_CTX_reset(context.get()) == 1 &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text),
                          text.size()) == 1;
}

bool Key::verifies_hs256(std::string_view text, std::string_view signature) const noexcept {
  Sha256 digest;
  if (signature.size() != digest.size()) return false;
  thread_local ThreadContexts<MacContext> contexts;
  EVP_MAC_CTX* const ready =
      contexts.of(serial_, [this]() noexcept { return MacContext(EVP_MAC_CTX_dup(mac_.get())); });
  std::size_t size = 0;
  // Begun again with the key that it has.
  if (ready == nullptr || EVP_MAC_init(ready, nullptr, 0, nullptr) != 1 ||
      EVP_MAC_update(ready, octets(text), text.size()) != 1 ||
      EVP_MAC_final(ready, digest.data(), &size, digest.size()) != 1) {
    return false;
  }
  // In constant time: otherwise each byte of a forged MAC could be found by itself.
  return size == digest.size() && CRYPTO_memcmp(digest.data(), signature.data(), size) == 0;
}

}  // namespace portico::auth
