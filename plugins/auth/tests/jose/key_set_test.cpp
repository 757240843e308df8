// SPDX-License-Identifier: Apache-2.0
#include "jose/key_set.h"

#include "jose/forge.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::auth::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string set_of(std::string_view keys) { return R"({"keys":[)" + std::string(keys) + "]}"; }

TEST(KeySets, AreReadAgainFromWhatTheyPublish) {
  KeySet set;
  ASSERT_TRUE(set.add(Forge::es256().key("a")));
  ASSERT_TRUE(set.add(Forge::eddsa().key("b")));
  ASSERT_TRUE(set.add(Forge::rs256().key("c")));
  const auto again = KeySet::parse(set.jwks());
  ASSERT_TRUE(again) << again.error().sentence;
  EXPECT_EQ(again->keys().size(), 3U);
  EXPECT_EQ(again->find("c")->algorithm(), Algorithm::Rs256);
  EXPECT_TRUE(again->find("a")->verifies("text", Forge::es256().signature("text")));
  EXPECT_EQ(again->jwks(), set.jwks());
}

TEST(KeySets, PublishNoSecretsAndNoPrivateMembers) {
  KeySet set;
  ASSERT_TRUE(set.add(*Key::from_secret(std::string(32, 's'), "secret")));
  ASSERT_TRUE(set.add(Forge::es256().key("a")));
  const auto document = Json::object(set.jwks());
  ASSERT_TRUE(document);
  const auto keys = document->root().member("keys");
  for (const Json::Value key : *keys) {
    for (const char* const name : {"d", "p", "q", "dp", "dq", "qi", "k"}) {
      EXPECT_FALSE(key.member(name)) << name;
    }
  }
  EXPECT_THAT(set.jwks(), Not(HasSubstr("secret")));
  EXPECT_EQ(KeySet().jwks(), R"({"keys":[]})");
}

TEST(KeySets, PassOverWhatTheyCannotUse) {
  const auto set = KeySet::parse(set_of(
      R"({"kty":"AKP","kid":"future","alg":"ML-DSA-44"},{"kty":"RSA","use":"enc","kid":"enc"},7,)"
      R"({"kty":"EC","crv":"P-384","kid":"p384"},{"kty":"oct","k":"AAAA","kid":"oct"},)" +
      Forge::es256().key("good").jwk()));
  ASSERT_TRUE(set) << set.error().sentence;
  EXPECT_EQ(set->keys().size(), 1U);
  EXPECT_NE(set->only(), nullptr);
  ASSERT_EQ(set->passed_over().size(), 5U);
  EXPECT_EQ(set->passed_over()[0], "key \"future\": it is none of P-256, Ed25519 and RSA");
  EXPECT_EQ(set->passed_over()[2], "key number 3: the JWK is no object");
}

TEST(KeySets, TakeNoSecretFromADocument) {
  const auto set = KeySet::parse(
      set_of(R"({"kty":"oct","kid":"s","k":"c2Vzc2Vzc2Vzc2Vzc2Vzc2Vzc2Vzc2Vzc2Vzc2Vzc2VzcwAA"})"));
  ASSERT_TRUE(set) << set.error().sentence;
  EXPECT_TRUE(set->keys().empty());
  EXPECT_THAT(set->passed_over().at(0), HasSubstr("no place in a public document"));
}

TEST(KeySets, GiveTheirOnlyKeyToTokensThatNameNone) {
  KeySet set;
  EXPECT_EQ(set.only(), nullptr);
  ASSERT_TRUE(set.add(Forge::es256().key("a")));
  EXPECT_EQ(set.only(), set.find("a"));
  ASSERT_TRUE(set.add(Forge::eddsa().key("b")));
  EXPECT_EQ(set.only(), nullptr);
}

TEST(KeySets, RefuseASecondKeyOfAName) {
  KeySet set;
  EXPECT_TRUE(set.add(Forge::es256().key("a")));
  EXPECT_FALSE(set.add(Forge::eddsa().key("a")));
  EXPECT_EQ(set.find("a")->algorithm(), Algorithm::Es256);
}

TEST(KeySets, AreBounded) {
  std::string keys = "1";
  for (std::size_t i = 1; i < KeySet::MostKeys; ++i) keys += ",1";
  EXPECT_TRUE(KeySet::parse(set_of(keys)));
  EXPECT_FALSE(KeySet::parse(set_of(keys + ",1")));
  EXPECT_FALSE(KeySet::parse(std::string(KeySet::MostTextSize + 1, ' ')));
}

TEST(KeySets, RefuseOtherDocuments) {
  for (const char* const text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":null})",
                                 R"({"keys":[],"keys":[]})", "<html>"}) {
    EXPECT_FALSE(KeySet::parse(text)) << text;
  }
}

TEST(KeySets, WriteNamesSoThatTheyAreReadAgain) {
  KeySet set;
  ASSERT_TRUE(set.add(Forge::es256().key(R"(a"\b)")));
  const auto again = KeySet::parse(set.jwks());
  ASSERT_TRUE(again);
  EXPECT_NE(again->find(R"(a"\b)"), nullptr);
}

}  // namespace
}  // namespace portico::auth::testing
