// SPDX-License-Identifier: Apache-2.0
#include "jose/signing_key.h"

#include "jose/forge.h"
#include "jose/token.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/x509.h>

namespace portico::auth::testing {
namespace {

std::string pkcs8_of(const Forge& forge) {
  PKCS8_PRIV_KEY_INFO* const info = EVP_PKEY2PKCS8(forge.pkey());
  unsigned char* bytes = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &bytes);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  PKCS8_PRIV_KEY_INFO_free(info);
  return der;
}

TEST(SigningKeys, MakeTokensThatTheirPublicHalfAccepts) {
  const SigningKey key = SigningKey::generate();
  const std::string token = key.sign(GoodClaims);
  EXPECT_EQ(verdict(token, key.public_key()), "fine");
  EXPECT_EQ(verdict(token, SigningKey::generate().public_key()), "bad_signature");
}

TEST(SigningKeys, NameThemselvesByTheirThumbprint) {
  const SigningKey key = SigningKey::generate();
  EXPECT_EQ(key.id(), key.public_key().id());
  EXPECT_EQ(key.id().size(), 43U);
  const std::string text = key.sign(GoodClaims);
  const auto token = Token::parse(text);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->header().key_id, key.id());
  EXPECT_EQ(token->header().type, "at+jwt");
  EXPECT_EQ(token->payload(), GoodClaims);
}

TEST(SigningKeys, MakeOtherKindsThatAreNoAccessTokens) {
  const SigningKey key = SigningKey::generate();
  EXPECT_EQ(verdict(key.sign(GoodClaims, "mfa+jwt"), key.public_key()), "wrong_type");
}

TEST(SigningKeys, SurviveTheirSealedForm) {
  const SigningKey key = SigningKey::generate();
  const auto again = SigningKey::from_private(key.private_der());
  ASSERT_TRUE(again) << again.error().sentence;
  EXPECT_EQ(again->id(), key.id());
  EXPECT_EQ(verdict(again->sign(GoodClaims), key.public_key()), "fine");
}

TEST(SigningKeys, AreNotReadFromAnythingElse) {
  std::string der = SigningKey::generate().private_der();
  EXPECT_FALSE(SigningKey::from_private(""));
  EXPECT_FALSE(SigningKey::from_private(der + '\0'));
  EXPECT_FALSE(SigningKey::from_private(der.substr(0, der.size() - 1)));
  EXPECT_FALSE(SigningKey::from_private(Forge::es256().der()));
  EXPECT_EQ(SigningKey::from_private(pkcs8_of(Forge::es384())).error().sentence,
            "of elliptic curves only P-256 is taken");
  EXPECT_EQ(SigningKey::from_private(pkcs8_of(Forge::rs256())).error().sentence,
            "we sign with keys of P-256 alone");
}

TEST(SigningKeys, NoticeDamage) {
  std::string der = pkcs8_of(Forge::es256());
  // The last byte of the public half: the two halves no longer belong together.
  der.back() = static_cast<char>(der.back() ^ 1);
  EXPECT_FALSE(SigningKey::from_private(der));
}

TEST(SigningKeys, ServeManyThreads) {
  const SigningKey key = SigningKey::generate();
  const Key half = key.public_key();
  std::vector<std::string> verdicts(4);
  std::vector<std::thread> threads;
  for (std::string& each : verdicts) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) each = verdict(key.sign(GoodClaims), half);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(verdicts, std::vector<std::string>(4, "fine"));
}

TEST(SigningKeys, MayBeMoreThanAThreadKeepsReady) {
  std::vector<SigningKey> keys;
  for (int i = 0; i < 40; ++i) keys.push_back(SigningKey::generate());
  for (int round = 0; round < 2; ++round) {
    for (const SigningKey& key : keys) {
      EXPECT_EQ(verdict(key.sign(GoodClaims), key.public_key()), "fine");
    }
  }
}

}  // namespace
}  // namespace portico::auth::testing
