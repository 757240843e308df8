// SPDX-License-Identifier: Apache-2.0
// Keys from JSON, RFC 7517. A set of another server has keys for other purposes and of other kinds;
// each is refused by itself, with a sentence.
#include "jose/base64url.h"
#include "jose/key.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace portico::auth {
namespace {

std::string_view text_in(const Json::Value& jwk, std::string_view name) noexcept {
  const auto member = jwk.member(name);
  return member ? member->text().value_or(std::string_view()) : std::string_view();
}

/// Empty where it is missing or no base64url: no number of a key is.
std::string bytes_in(const Json::Value& jwk, std::string_view name) {
  return base64url::decode(text_in(jwk, name)).value_or(std::string());
}

bool has_verify(const Json::Value& operations) noexcept {
  if (operations.kind() != Json::Kind::Array) return false;
  for (const Json::Value each : operations) {
    if (each.text() == "verify") return true;
  }
  return false;
}

/// A key to encrypt with that also verified would let one use of it attack the other.
std::optional<std::string_view> purpose_fault(const Json::Value& jwk) noexcept {
  const auto use = jwk.member("use");
  if (use && use->text() != "sig") return "its `use` is not \"sig\"";
  const auto operations = jwk.member("key_ops");
  if (operations && !has_verify(*operations)) return "its `key_ops` has no \"verify\"";
  const auto id = jwk.member("kid");
  if (id && !Key::is_id(id->text().value_or(std::string_view()))) {
    return "its `kid` is not 1 to 128 printable characters of ASCII";
  }
  return std::nullopt;
}

/// Whoever publishes a private key has lost it.
bool is_private(const Json::Value& jwk) noexcept {
  for (const std::string_view name : {"d", "p", "q", "dp", "dq", "qi", "oth"}) {
    if (jwk.member(name)) return true;
  }
  return false;
}

Result<PublicKey> public_key_in(const Json::Value& jwk) {
  const std::string_view kind = text_in(jwk, "kty");
  const std::string_view curve = text_in(jwk, "crv");
  if (is_private(jwk)) return Refusal{"it is a private key"};
  if (kind == "RSA") return rsa_key(bytes_in(jwk, "n"), bytes_in(jwk, "e"));
  if (kind == "EC" && curve == "P-256") return p256_key(bytes_in(jwk, "x"), bytes_in(jwk, "y"));
  if (kind == "OKP" && curve == "Ed25519") return ed25519_key(bytes_in(jwk, "x"));
  return Refusal{"it is none of P-256, Ed25519 and RSA"};
}

Result<Key> any_key_in(const Json::Value& jwk, std::string_view id) {
  if (text_in(jwk, "kty") == "oct") return Key::from_secret(bytes_in(jwk, "k"), id);
  Result<PublicKey> key = public_key_in(jwk);
  if (!key) return key.error();
  return Key::of(*std::move(key), id);
}

}  // namespace

Result<Key> Key::from_jwk(std::string_view json) {
  if (json.size() > MostTextSize) return Refusal{"the JWK is longer than 64 KiB"};
  const auto read = Json::object(json);
  if (!read) return Refusal{"the JWK is no object of strict JSON"};
  return from_jwk(read->root());
}

Result<Key> Key::from_jwk(const Json::Value& jwk) {
  if (jwk.kind() != Json::Kind::Object) return Refusal{"the JWK is no object"};
  if (const auto fault = purpose_fault(jwk)) return Refusal{std::string(*fault)};
  Result<Key> key = any_key_in(jwk, text_in(jwk, "kid"));
  if (!key) return key;
  const auto algorithm = jwk.member("alg");
  if (algorithm && algorithm->text() != name_of(key->algorithm())) {
    return Refusal{"its `alg` is not " + std::string(name_of(key->algorithm()))};
  }
  return key;
}

}  // namespace portico::auth
