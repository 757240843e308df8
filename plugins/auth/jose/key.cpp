// SPDX-License-Identifier: Apache-2.0
#include "jose/key.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/pem.h>

namespace portico::auth {
namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

/// Nobody sits at the terminal where OpenSSL would ask for a password.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

}  // namespace

Key Key::of(PublicKey key, std::string_view id) {
  Key made(key.algorithm, id.empty() ? thumbprint_of(key) : std::string(id));
  made.members_ = std::move(key.members);
  made.key_ = std::move(key.key);
  return made;
}

Result<Key> Key::from_pem(std::string_view pem, std::string_view id) {
  const Discreet discreet;
  if (!id.empty() && !is_id(id)) return Refusal{"the name of the key is not printable ASCII"};
  if (pem.size() > MostTextSize) return Refusal{"the PEM text is longer than 64 KiB"};
  if (pem.find("PRIVATE KEY-----") != std::string_view::npos) {
    return Refusal{"this is a private key; give the public one: openssl pkey -in KEY -pubout"};
  }
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const KeyPointer read(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, no_password, nullptr)
                            : nullptr);
  if (!read) return Refusal{"there is no PUBLIC KEY in the PEM text"};
  Result<PublicKey> key = public_key_of(*read);
  if (!key) return key.error();
  return of(*std::move(key), id);
}

Result<Key> Key::from_secret(std::string_view secret, std::string_view id) {
  const Discreet discreet;
  if (!id.empty() && !is_id(id)) return Refusal{"the name of the key is not printable ASCII"};
  if (secret.size() < LeastSecretSize) return Refusal{"a secret for HS256 needs 32 bytes"};
  if (secret.size() > MostTextSize) return Refusal{"the secret is longer than 64 KiB"};
  Key key(Algorithm::Hs256, std::string(id));
  key.mac_.reset(EVP_MAC_CTX_new(hmac()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  if (!key.mac_ || EVP_MAC_init(key.mac_.get(), octets(secret), secret.size(), parameters) != 1) {
    return Refusal{"OpenSSL does not take the secret"};
  }
  return key;
}

std::string Key::jwk() const {
  if (members_.empty()) return {};
  std::string text = '{' + members_ + R"(,"kid":")";
  for (const char c : id_) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + R"(","use":"sig","alg":")" + std::string(name_of(algorithm_)) + "\"}";
}

bool Key::is_id(std::string_view id) noexcept {
  const auto printable = [](char c) { return c > ' ' && c < '\x7F'; };
  return !id.empty() && id.size() <= MostIdLength && std::all_of(id.begin(), id.end(), printable);
}

}  // namespace portico::auth
