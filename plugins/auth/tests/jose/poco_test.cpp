// SPDX-License-Identifier: Apache-2.0
// Poco's JWT beside ours: what ours accepts, Poco accepts, and what Poco signs, ours accepts.
#include "jose/forge.h"
#include "jose/signing_key.h"

#include <sstream>
#include <string>

#include <Poco/Crypto/ECKey.h>
#include <Poco/Crypto/RSAKey.h>
#include <Poco/JWT/JWTException.h>
#include <Poco/JWT/Signer.h>
#include <Poco/JWT/Token.h>
#include <gtest/gtest.h>

namespace portico::auth::testing {
namespace {

Poco::JWT::Token poco_token() {
  Poco::JWT::Token token;
  token.setType("at+jwt");
  token.setIssuer("https://id.example");
  token.setAudience("api");
  token.setSubject("u1");
  token.payload().set("exp", 1'800'000'600);
  return token;
}

/// Whether Poco finds the signature right.
bool poco_verifies(Poco::JWT::Signer& signer, const std::string& algorithm,
                   const std::string& token) {
  signer.setAlgorithms({algorithm});
  Poco::JWT::Token out;
  return signer.tryVerify(token, out);
}

TEST(BesidePoco, BothAcceptOurEs256) {
  const SigningKey key = SigningKey::generate();
  const Forge& forge = Forge::es256();
  std::istringstream pem(forge.pem());
  Poco::JWT::Signer signer(Poco::SharedPtr(new Poco::Crypto::ECKey(&pem)));
  const std::string token = forge.token(Es256Header);
  EXPECT_EQ(verdict(token), "fine");
  EXPECT_TRUE(poco_verifies(signer, "ES256", token));
  EXPECT_FALSE(poco_verifies(signer, "ES256", key.sign(GoodClaims)));
}

TEST(BesidePoco, WeAcceptItsEs256) {
  const Poco::SharedPtr<Poco::Crypto::ECKey> key(new Poco::Crypto::ECKey("prime256v1"));
  std::ostringstream pem;
  key->save(&pem);
  const auto ours = Key::from_pem(pem.str());
  ASSERT_TRUE(ours) << ours.error().sentence;
  Poco::JWT::Signer signer(key);
  for (int i = 0; i < 20; ++i) {
    Poco::JWT::Token token = poco_token();
    EXPECT_EQ(verdict(signer.sign(token, "ES256"), *ours), "fine");
  }
}

TEST(BesidePoco, WeAcceptItsRs256) {
  const Poco::SharedPtr<Poco::Crypto::RSAKey> key(
      new Poco::Crypto::RSAKey(Poco::Crypto::RSAKey::KL_2048, Poco::Crypto::RSAKey::EXP_LARGE));
  std::ostringstream pem;
  key->save(&pem);
  const auto ours = Key::from_pem(pem.str());
  ASSERT_TRUE(ours) << ours.error().sentence;
  Poco::JWT::Signer signer(key);
  Poco::JWT::Token token = poco_token();
  EXPECT_EQ(verdict(signer.sign(token, "RS256"), *ours), "fine");
}

TEST(BesidePoco, BothAcceptOneHs256) {
  const std::string secret = "a secret of more than 32 bytes, for HMAC";
  const auto ours = Key::from_secret(secret);
  ASSERT_TRUE(ours);
  Poco::JWT::Signer signer(secret);
  Poco::JWT::Token token = poco_token();
  EXPECT_EQ(verdict(signer.sign(token, "HS256"), *ours), "fine");
  EXPECT_TRUE(
      poco_verifies(signer, "HS256", hs256_token(secret, R"({"alg":"HS256","typ":"at+jwt"})")));
}

// The reasons why Poco alone does not do, as it is in Debian 12.
TEST(BesidePoco, OnlyWeRefuseAFourthPartAndPadding) {
  const std::string secret = "a secret of more than 32 bytes, for HMAC";
  const auto ours = Key::from_secret(secret);
  Poco::JWT::Signer signer(secret);
  const std::string token = hs256_token(secret, R"({"alg":"HS256","typ":"at+jwt"})");
  for (const std::string& bad : {token + ".e30", token + '='}) {
    EXPECT_TRUE(poco_verifies(signer, "HS256", bad)) << bad;
    EXPECT_EQ(verdict(bad, *ours), "malformed") << bad;
  }
}

}  // namespace
}  // namespace portico::auth::testing
