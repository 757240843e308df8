// SPDX-License-Identifier: Apache-2.0
// Keys that must not become ours.
#include "jose/base64url.h"
#include "jose/forge.h"
#include "jose/key.h"
#include "jose/key_set.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth::testing {
namespace {

std::string refusal(std::string_view jwk) {
  const auto key = Key::from_jwk(jwk);
  return key ? "taken" : key.error().sentence;
}

/// The public members of that key, and more.
std::string jwk_of(const Forge& forge, std::string_view more) {
  std::string jwk = forge.key().jwk();
  jwk.resize(jwk.find(",\"kid\""));
  return jwk.append(",").append(more).append("}");
}

std::string rsa_jwk(std::string_view n, std::string_view e) {
  return R"({"kty":"RSA","n":")" + base64url::encode(n) + R"(","e":")" + base64url::encode(e) +
         "\"}";
}

std::string modulus() {
  const auto jwk = Json::object(Forge::rs256().key().jwk());
  return *base64url::decode(*jwk->root().member("n")->text());
}

const std::string E65537("\x01\x00\x01", 3);

TEST(Attack27, RefusesP384) {
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"})"),
            "it is none of P-256, Ed25519 and RSA");
  EXPECT_FALSE(Key::from_pem(Forge::es384().pem()));
}

TEST(Attack28, RefusesAnRsaKeyOf1024Bits) {
  EXPECT_EQ(Key::from_pem(Forge::rsa1024().pem()).error().sentence, "an RSA key needs 2048 bits");
  EXPECT_EQ(refusal(rsa_jwk(std::string(128, '\xFF'), E65537)), "an RSA key needs 2048 bits");
}

TEST(Attack28, RefusesAnExponentThatProvesNothing) {
  const std::string n = modulus();
  EXPECT_EQ(refusal(rsa_jwk(n, E65537)), "taken");
  for (const std::string& e :
       {std::string("\x01"), std::string("\x03"), std::string("\x11"), std::string("\xFF\xFF"),
        std::string("\x01\x00\x02", 3), std::string(1, '\0'), std::string("\0\x01\x00\x01", 4),
        std::string(9, '\x01'), std::string()}) {
    EXPECT_NE(refusal(rsa_jwk(n, e)), "taken") << base64url::encode(e);
  }
}

TEST(Attack28, RefusesAModulusThatIsNone) {
  const std::string n = modulus();
  std::string even = n;
  even.back() = static_cast<char>(even.back() & ~1);
  EXPECT_NE(refusal(rsa_jwk(even, E65537)), "taken");
  EXPECT_NE(refusal(rsa_jwk('\0' + n, E65537)), "taken");
  EXPECT_NE(refusal(rsa_jwk("", E65537)), "taken");
  EXPECT_NE(refusal(rsa_jwk(n + std::string(800, '\1'), E65537)), "taken");
  EXPECT_NE(refusal(rsa_jwk(std::string(256, '\xFF'), E65537)), "taken");
}

// Made as the broken library makes its keys: p = k * M + 65537^a mod M, M the product of the first
// 126 primes.
TEST(Attack29, RefusesAKeyOfABrokenGenerator) {
  constexpr std::string_view Roca =
      R"({"kty":"RSA","e":"AQAB","n":")"
      "tEM0i394oclRFgIfh-A1zfB4MMRDupfHF32bqPiSacJRjpj44qpmgnYJOhHuDHEKhkzea8Xw-tB2eG6AKc-4D1ZuGf"
      "NDRL1dTxKajr4qtQzcw2F4pIIA8eGcB1d0h68Oe6QiA2Kfj9FmRXeD9kvm3FxutRa296aNVlS9tvSnATqsK8NKzxHQ"
      "szCUpOzVHDWb2uhfPG8U8vj5unJqR2HQ5DCOhd63TauB8QZ6VNzEkP_cwfXKx5y3_QA84ulRXzHtCh9hjH9CYpK6pf"
      "s3nutXwCvNPSSqcboZ1Y_mqJ7ZdGHaiX1gURR49eb_sNM5gloHUYBWVtm-vjdGNtromueG2Q"
      "\"}";
  EXPECT_EQ(refusal(Roca), "the key comes from a broken generator (ROCA)");
}

TEST(Attack30, RefusesASetWithTwoKeysOfOneName) {
  const std::string one = Forge::es256().key("same").jwk();
  const std::string other = Forge::rs256().key("same").jwk();
  const auto set = KeySet::parse(R"({"keys":[)" + one + ',' + other + "]}");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().sentence, "the JWKS has two keys of the name of key \"same\"");
}

TEST(Attack31, RefusesAKeyForAnotherPurpose) {
  for (const char* const purpose :
       {R"("use":"enc")", R"("use":"SIG")", R"("use":1)", R"("key_ops":[])",
        R"("key_ops":["sign"])", R"("key_ops":"verify")", R"("use":"enc","key_ops":["verify"])"}) {
    EXPECT_NE(refusal(jwk_of(Forge::es256(), purpose)), "taken") << purpose;
  }
  EXPECT_EQ(refusal(jwk_of(Forge::es256(), R"("use":"sig","key_ops":["sign","verify"])")), "taken");
}

TEST(Attack34, RefusesAShortSecret) {
  EXPECT_EQ(Key::from_secret(std::string(31, 's')).error().sentence,
            "a secret for HS256 needs 32 bytes");
  EXPECT_FALSE(Key::from_secret(""));
  EXPECT_TRUE(Key::from_secret(std::string(32, 's')));
  EXPECT_NE(refusal(R"({"kty":"oct","k":"c2VjcmV0"})"), "taken");
}

TEST(Attack35, RefusesATokenOfAnotherIssuerWithTheSameKeyId) {
  const Forge staging = Forge::another_es256();
  EXPECT_EQ(verdict(staging.token(Es256Header), Forge::es256().key("k1")), "bad_signature");
  // Where staging even has the same key.
  Rules rules = our_rules();
  rules.issuer = "https://staging.id.example";
  EXPECT_EQ(verdict(Forge::es256().token(Es256Header), Forge::es256().key("k1"), rules),
            "wrong_issuer");
}

TEST(KeyFromJwk, RefusesAnAlgorithmOfAnotherKind) {
  for (const char* const name : {"RS256", "ES384", "none", "HS256", "es256", ""}) {
    EXPECT_EQ(refusal(jwk_of(Forge::es256(), R"("alg":")" + std::string(name) + '"')),
              "its `alg` is not ES256");
  }
  EXPECT_NE(refusal(jwk_of(Forge::rs256(), R"("alg":"PS256")")), "taken");
  EXPECT_NE(refusal(jwk_of(Forge::rs256(), R"("alg":null)")), "taken");
}

TEST(KeyFromJwk, RefusesAPrivateKey) {
  EXPECT_EQ(refusal(jwk_of(Forge::es256(), R"("d":"AAAA")")), "it is a private key");
}

TEST(KeyFromJwk, RefusesAPointOffTheCurve) {
  const std::string x = base64url::encode(std::string(32, '\1'));
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-256","x":")" + x + R"(","y":")" + x + "\"}"),
            "the point is not on P-256");
  const std::string short_x = base64url::encode(std::string(31, '\1'));
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-256","x":")" + short_x + R"(","y":")" + x + "\"}"),
            "coordinates of P-256 have 32 bytes");
  EXPECT_EQ(refusal(R"({"kty":"EC","crv":"P-256"})"), "coordinates of P-256 have 32 bytes");
}

TEST(KeyFromJwk, RefusesANameThatIsNone) {
  for (const char* const id : {R"("")", "1", "null", R"("a b")", R"("\u00e9")"}) {
    EXPECT_NE(refusal(jwk_of(Forge::es256(), R"("kid":)" + std::string(id))), "taken") << id;
  }
}

TEST(KeyFromJwk, RefusesWhatIsNoJson) {
  EXPECT_EQ(refusal("{"), "the JWK is no object of strict JSON");
  EXPECT_EQ(refusal(std::string(70'000, ' ')), "the JWK is longer than 64 KiB");
  EXPECT_NE(refusal(R"({"kty":"RSA","kty":"EC"})"), "taken");
}

TEST(KeyFromPem, ReadsTheThreeKinds) {
  for (const Forge* const forge : {&Forge::es256(), &Forge::eddsa(), &Forge::rs256()}) {
    const auto key = Key::from_pem(forge->pem());
    ASSERT_TRUE(key) << key.error().sentence;
    EXPECT_EQ(key->algorithm(), forge->key().algorithm());
    EXPECT_EQ(key->id().size(), 43U);
    EXPECT_TRUE(key->verifies("text", forge->signature("text")));
  }
}

TEST(KeyFromPem, SaysWhatIsWrong) {
  EXPECT_EQ(Key::from_pem("x").error().sentence, "there is no PUBLIC KEY in the PEM text");
  EXPECT_EQ(Key::from_pem("-----BEGIN EC PRIVATE KEY-----").error().sentence,
            "this is a private key; give the public one: openssl pkey -in KEY -pubout");
  EXPECT_FALSE(Key::from_pem(Forge::es256().pem(), "two words"));
}

}  // namespace
}  // namespace portico::auth::testing
