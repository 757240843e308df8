// SPDX-License-Identifier: Apache-2.0
// The private half: what the issuer signs its tokens with, ES256. Immutable; one key serves any
// number of threads. An OpenSSL that cannot do its work throws std::runtime_error; nothing of what
// strangers send gets here.
#pragma once

#include "jose/key.h"
#include "jose/openssl.h"
#include "jose/result.h"
#include "jose/thread_contexts.h"

#include <string>
#include <string_view>

namespace portico::auth {

class SigningKey {
 public:
  [[nodiscard]] static SigningKey generate();
  /// From what `private_der` gave. Refused unless it is a valid key of P-256 and nothing else.
  [[nodiscard]] static Result<SigningKey> from_private(std::string_view der);

  /// PKCS #8. To be sealed at once; wipe it with OPENSSL_cleanse.
  [[nodiscard]] std::string private_der() const;

  /// The thumbprint, which the header of every token names.
  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] Key public_key() const;

  /// A compact JWS. Requires a payload of JSON and a type that needs no escapes in JSON; what is no
  /// access token must have another type, so that it is never taken for one.
  [[nodiscard]] std::string sign(std::string_view payload, std::string_view type = "at+jwt") const;

 private:
  SigningKey(KeyPointer key, std::string id) : key_(std::move(key)), id_(std::move(id)) {}

  [[nodiscard]] static Result<SigningKey> of(KeyPointer key);
  [[nodiscard]] EVP_PKEY_CTX* context() const noexcept;
  /// r and s, 64 bytes.
  [[nodiscard]] std::string signature_of(std::string_view text) const;

  KeyPointer key_;
  std::string id_;
  KeySerial serial_ = next_key_serial();
};

}  // namespace portico::auth
