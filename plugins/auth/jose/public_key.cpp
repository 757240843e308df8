// SPDX-License-Identifier: Apache-2.0
#include "jose/public_key.h"

#include "jose/base64url.h"
#include "jose/rsa_strength.h"

#include <array>
#include <cstddef>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/param_build.h>

namespace portico::auth {
namespace {

using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

constexpr std::size_t CoordinateSize = 32;

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

/// Null where OpenSSL does not take them.
KeyPointer key_from(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return KeyPointer(key);
}

std::string member(std::string_view name, std::string_view bytes) {
  return '"' + std::string(name) + "\":\"" + base64url::encode(bytes) + '"';
}

/// A number of the key, padded to `size` bytes, or as short as can be where that is 0.
std::string number_in(const EVP_PKEY& key, const char* name, std::size_t size) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &read) != 1) return {};
  const Number number(read);
  if (size == 0) size = static_cast<std::size_t>(BN_num_bytes(read));
  std::string bytes(size, '\0');
  const int written =
      BN_bn2binpad(read, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size));
  return written < 0 ? std::string() : bytes;
}

std::string group_of(const EVP_PKEY& key) {
  std::array<char, 64> name{};
  std::size_t length = 0;
  if (EVP_PKEY_get_group_name(&key, name.data(), name.size(), &length) != 1) return {};
  return {name.data(), length};
}

}  // namespace

Result<PublicKey> p256_key(std::string_view x, std::string_view y) {
  const Discreet discreet;
  if (x.size() != CoordinateSize || y.size() != CoordinateSize) {
    return Refusal{"coordinates of P-256 have 32 bytes"};
  }
  std::string point(1, '\4');
  point.append(x).append(y);
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  KeyPointer key = key_from("EC", builder.get());
  if (!key) return Refusal{"the point is not on P-256"};
  std::string members = R"("crv":"P-256","kty":"EC",)" + member("x", x) + ',' + member("y", y);
  return PublicKey{Algorithm::Es256, std::move(key), std::move(members)};
}

Result<PublicKey> ed25519_key(std::string_view x) {
  const Discreet discreet;
  if (x.size() != CoordinateSize) return Refusal{"a key of Ed25519 has 32 bytes"};
  KeyPointer key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, octets(x), x.size()));
  if (!key) return Refusal{"OpenSSL does not take the key of Ed25519"};
  return PublicKey{Algorithm::EdDsa, std::move(key),
                   R"("crv":"Ed25519","kty":"OKP",)" + member("x", x)};
}

Result<PublicKey> rsa_key(std::string_view n, std::string_view e) {
  const Discreet discreet;
  if (const auto fault = rsa_fault(n, e)) return Refusal{std::string(*fault)};
  const Number modulus = number_of(n);
  const Number exponent = number_of(e);
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  KeyPointer key = key_from("RSA", builder.get());
  if (!key) return Refusal{"OpenSSL does not take the RSA key"};
  std::string members = member("e", e) + R"(,"kty":"RSA",)" + member("n", n);
  return PublicKey{Algorithm::Rs256, std::move(key), std::move(members)};
}

Result<PublicKey> public_key_of(const EVP_PKEY& key) {
  const Discreet discreet;
  if (EVP_PKEY_is_a(&key, "RSA") == 1) {
    return rsa_key(number_in(key, OSSL_PKEY_PARAM_RSA_N, 0),
                   number_in(key, OSSL_PKEY_PARAM_RSA_E, 0));
  }
  if (EVP_PKEY_is_a(&key, "EC") == 1) {
    if (group_of(key) != "prime256v1") return Refusal{"of elliptic curves only P-256 is taken"};
    return p256_key(number_in(key, OSSL_PKEY_PARAM_EC_PUB_X, CoordinateSize),
                    number_in(key, OSSL_PKEY_PARAM_EC_PUB_Y, CoordinateSize));
  }
  if (EVP_PKEY_is_a(&key, "ED25519") == 1) {
    std::string x(CoordinateSize, '\0');
    std::size_t size = x.size();
    if (EVP_PKEY_get_raw_public_key(&key, reinterpret_cast<unsigned char*>(x.data()), &size) == 1) {
      return ed25519_key(x);
    }
  }
  return Refusal{"the key is none of P-256, Ed25519 and RSA"};
}

std::string thumbprint_of(const PublicKey& key) {
  const Sha256 digest = sha256_of('{' + key.members + '}');
  return base64url::encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace portico::auth
