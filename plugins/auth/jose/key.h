// SPDX-License-Identifier: Apache-2.0
// A key that verifies. It has one algorithm for life, whatever a token's header asks for: that is
// what keeps a public key from being taken for the secret of an HMAC. Immutable; one key serves any
// number of threads, each of which keeps a context for it.
#pragma once

#include "jose/algorithm.h"
#include "jose/json.h"
#include "jose/openssl.h"
#include "jose/public_key.h"
#include "jose/result.h"
#include "jose/thread_contexts.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace portico::auth {

class Key {
 public:
  static constexpr std::size_t MostIdLength = 128;
  static constexpr std::size_t LeastSecretSize = 32;
  static constexpr std::size_t MostTextSize = 64 * 1024;

  /// From a JWK: EC on P-256, OKP on Ed25519, RSA, or oct. Its `alg`, where it has one, must be
  /// that of its kind, `use` must be `sig`, `key_ops` must have `verify`. Without `kid` the
  /// thumbprint serves; a secret then has none.
  [[nodiscard]] static Result<Key> from_jwk(std::string_view json);
  [[nodiscard]] static Result<Key> from_jwk(const Json::Value& jwk);
  /// From a `PUBLIC KEY` block. Without a name the thumbprint serves.
  [[nodiscard]] static Result<Key> from_pem(std::string_view pem, std::string_view id = {});
  /// HS256. RFC 7518 §3.2: a shorter secret than 32 bytes can be guessed from one token.
  [[nodiscard]] static Result<Key> from_secret(std::string_view secret, std::string_view id = {});
  /// Requires a valid name or none.
  [[nodiscard]] static Key of(PublicKey key, std::string_view id = {});

  [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }
  /// `kid`. Empty for a secret without one.
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  /// The public members, `kid`, `use` and `alg`, as one JSON object. Empty for a secret.
  [[nodiscard]] std::string jwk() const;

  /// Whether the signature, as its bytes, is this key's for that text. Never throws.
  [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const noexcept;

  /// 1 to 128 printable characters of ASCII without a blank.
  [[nodiscard]] static bool is_id(std::string_view id) noexcept;

 private:
  Key(Algorithm algorithm, std::string id) : algorithm_(algorithm), id_(std::move(id)) {}

  [[nodiscard]] bool verifies_es256(std::string_view text,
                                    std::string_view signature) const noexcept;
  [[nodiscard]] bool verifies_rs256(std::string_view text,
                                    std::string_view signature) const noexcept;
  [[nodiscard]] bool verifies_eddsa(std::string_view text,
                                    std::string_view signature) const noexcept;
  [[nodiscard]] bool verifies_hs256(std::string_view text,
                                    std::string_view signature) const noexcept;
  /// This thread's, ready to verify a digest.
  [[nodiscard]] EVP_PKEY_CTX* context() const noexcept;

  Algorithm algorithm_;
  std::string id_;
  std::string members_;  // As of PublicKey; empty for a secret.
  KeyPointer key_;
  MacContext mac_;  // Keyed, for threads to copy; null for public keys.
  KeySerial serial_ = next_key_serial();
};

}  // namespace portico::auth
