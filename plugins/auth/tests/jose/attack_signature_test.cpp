// SPDX-License-Identifier: Apache-2.0
// Attacks by the signature alone: all the rest of the token is as it should be.
#include "jose/base64url.h"
#include "jose/forge.h"
#include "jose/signature.h"
#include "jose/token.h"

#include <algorithm>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace portico::auth::testing {
namespace {

struct Signed {
  std::string text;
  std::string signature;
};

Signed good(const Forge& forge, std::string_view algorithm) {
  const std::string header =
      R"({"alg":")" + std::string(algorithm) + R"(","kid":"k1","typ":"at+jwt"})";
  std::string text = base64url::encode(header) + '.' + base64url::encode(GoodClaims);
  std::string signature = forge.signature(text);
  return {std::move(text), std::move(signature)};
}

std::string judge(const Forge& forge, const Signed& token) {
  return verdict(token.text + '.' + base64url::encode(token.signature), forge.key());
}

std::string judge_es256(const std::string& signature) {
  Signed token = good(Forge::es256(), "ES256");
  token.signature = signature;
  return judge(Forge::es256(), token);
}

const std::string& order() {
  static const std::string n = *base64url::decode("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE");
  return n;
}

/// A big-endian number of `bytes.size()` bytes, and what is to be added to it.
std::string plus(std::string bytes, unsigned amount) {
  for (auto at = bytes.rbegin(); at != bytes.rend() && amount != 0; ++at) {
    amount += static_cast<unsigned char>(*at);
    *at = static_cast<char>(amount & 0xFF);
    amount >>= 8;
  }
  return bytes;
}

TEST(Attack24, RefusesAnEs256SignatureOfAnotherLength) {
  const std::string signature = good(Forge::es256(), "ES256").signature;
  EXPECT_EQ(judge_es256(signature), "fine");
  EXPECT_EQ(judge_es256(""), "malformed");
  EXPECT_EQ(judge_es256("x"), "bad_signature");
  EXPECT_EQ(judge_es256(signature.substr(0, 32)), "bad_signature");
  EXPECT_EQ(judge_es256(signature.substr(0, 63)), "bad_signature");
  EXPECT_EQ(judge_es256(signature + '\0'), "bad_signature");
  EXPECT_EQ(judge_es256('\0' + signature), "bad_signature");
  EXPECT_EQ(judge_es256(std::string(96, 'x')), "bad_signature");
}

TEST(Attack25, RefusesEcdsaNumbersOutOfRange) {
  const std::string signature = good(Forge::es256(), "ES256").signature;
  const std::string r = signature.substr(0, 32);
  const std::string s = signature.substr(32);
  const std::string zero(32, '\0');
  for (const std::string& bad : {zero, order(), plus(order(), 1), std::string(32, '\xFF')}) {
    EXPECT_EQ(judge_es256(bad + s), "bad_signature");
    EXPECT_EQ(judge_es256(r + bad), "bad_signature");
    EXPECT_EQ(judge_es256(bad + bad), "bad_signature");
  }
}

TEST(Attack25, RefusesThoseNumbersBeforeOpensslSeesThem) {
  const std::string one = plus(std::string(32, '\0'), 1);
  std::string last = order();
  last.back() = static_cast<char>(last.back() - 1);
  EXPECT_TRUE(EcdsaDer::of(one + last));
  EXPECT_FALSE(EcdsaDer::of(one + order()));
  EXPECT_FALSE(EcdsaDer::of(order() + one));
  EXPECT_FALSE(EcdsaDer::of(std::string(64, '\0')));
}

TEST(Attack25, RefusesDerInJose) {
  const std::string signature = good(Forge::es256(), "ES256").signature;
  const auto der = EcdsaDer::of(signature);
  ASSERT_TRUE(der);
  EXPECT_EQ(judge_es256({reinterpret_cast<const char*>(der->data()), der->size()}),
            "bad_signature");
}

TEST(Attack25, WritesDerInItsShortestForm) {
  const std::string small = plus(std::string(32, '\0'), 0x80);
  const auto der = EcdsaDer::of(small + plus(std::string(32, '\0'), 0x7F));
  ASSERT_TRUE(der);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(der->data()), der->size()),
            std::string("\x30\x07\x02\x02\x00\x80\x02\x01\x7F", 9));
}

TEST(Attack26, RefusesAnEd25519SignatureThatIsNotCanonical) {
  Signed token = good(Forge::eddsa(), "EdDSA");
  EXPECT_EQ(judge(Forge::eddsa(), token), "fine");
  // S + L is congruent to S, and fits into 32 bytes.
  std::string order_of_group = *base64url::decode("7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(token.signature[32 + i]);
    carry += static_cast<unsigned char>(order_of_group[i]);
    token.signature[32 + i] = static_cast<char>(carry & 0xFF);
    carry >>= 8;
  }
  EXPECT_EQ(judge(Forge::eddsa(), token), "bad_signature");
  EXPECT_FALSE(is_canonical_ed25519(token.signature));
  EXPECT_FALSE(is_canonical_ed25519(std::string(32, 'x') + order_of_group));
}

TEST(Attack26, RefusesAnEd25519SignatureOfAnotherLength) {
  const Signed token = good(Forge::eddsa(), "EdDSA");
  for (const std::size_t size : {1U, 32U, 63U}) {
    EXPECT_EQ(judge(Forge::eddsa(), {token.text, token.signature.substr(0, size)}),
              "bad_signature");
  }
  EXPECT_EQ(judge(Forge::eddsa(), {token.text, token.signature + '\0'}), "bad_signature");
}

TEST(Attack27, RefusesASignatureOfP384WithTheHeaderOfEs256) {
  const Signed token = good(Forge::es384(), "ES256");
  EXPECT_EQ(judge(Forge::es256(), token), "bad_signature");
}

TEST(Signatures, AreRefusedWithAnyBitChanged) {
  for (const auto& [forge, algorithm] :
       {std::pair(&Forge::es256(), "ES256"), std::pair(&Forge::eddsa(), "EdDSA"),
        std::pair(&Forge::rs256(), "RS256")}) {
    const Signed token = good(*forge, algorithm);
    ASSERT_EQ(judge(*forge, token), "fine") << algorithm;
    for (std::size_t bit = 0; bit < token.signature.size() * 8; bit += 7) {
      Signed changed = token;
      changed.signature[bit / 8] = static_cast<char>(changed.signature[bit / 8] ^ (1 << bit % 8));
      EXPECT_EQ(judge(*forge, changed), "bad_signature") << algorithm << " " << bit;
    }
  }
}

TEST(Signatures, OfRs256HaveTheLengthOfTheModulus) {
  const Signed token = good(Forge::rs256(), "RS256");
  EXPECT_EQ(judge(Forge::rs256(), {token.text, token.signature.substr(1)}), "bad_signature");
  EXPECT_EQ(judge(Forge::rs256(), {token.text, '\0' + token.signature}), "bad_signature");
  EXPECT_EQ(judge(Forge::rs256(), {token.text, token.signature + '\0'}), "bad_signature");
  EXPECT_EQ(judge(Forge::rs256(), {token.text, std::string(256, '\xFF')}), "bad_signature");
}

TEST(Signatures, OfHs256AreWholeMacs) {
  const std::string secret(32, 's');
  const auto key = Key::from_secret(secret, "k1");
  ASSERT_TRUE(key);
  constexpr std::string_view Header = R"({"alg":"HS256","typ":"at+jwt"})";
  const std::string token = hs256_token(secret, Header);
  EXPECT_EQ(verdict(token, *key), "fine");
  EXPECT_EQ(verdict(hs256_token(std::string(32, 't'), Header), *key), "bad_signature");
  const std::string text = token.substr(0, token.rfind('.'));
  const std::string mac = hs256_signature(secret, text);
  EXPECT_EQ(verdict(text + '.' + base64url::encode(mac.substr(0, 31)), *key), "bad_signature");
  EXPECT_EQ(verdict(text + '.' + base64url::encode(mac + '\0'), *key), "bad_signature");
  EXPECT_EQ(verdict(token, *key), "fine");
}

TEST(Signatures, OfAnotherKeyAreRefused) {
  const Forge other = Forge::another_es256();
  EXPECT_EQ(verdict(other.token(Es256Header)), "bad_signature");
}

TEST(Signatures, LeaveNoComplaintOfOpensslBehind) {
  ERR_clear_error();
  EXPECT_EQ(judge_es256(std::string(64, 'x')), "bad_signature");
  const Signed rsa = good(Forge::rs256(), "RS256");
  EXPECT_EQ(judge(Forge::rs256(), {rsa.text, std::string(256, 'x')}), "bad_signature");
  EXPECT_FALSE(Key::from_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace portico::auth::testing
