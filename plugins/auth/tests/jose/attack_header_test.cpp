// SPDX-License-Identifier: Apache-2.0
// Attacks by the header and the form of a token. Each is numbered; the ones on signatures, claims
// and keys are in the files beside this one.
#include "jose/base64url.h"
#include "jose/forge.h"
#include "jose/key_set.h"
#include "jose/token.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth::testing {
namespace {

/// A token of ours with another header, honestly signed.
std::string with_header(std::string_view header) { return verdict(Forge::es256().token(header)); }

std::string with_member(std::string_view member) {
  return with_header(R"({"alg":"ES256","kid":"k1","typ":"at+jwt",)" + std::string(member) + "}");
}

std::string good_token() { return Forge::es256().token(Es256Header); }

TEST(Attack00, AnHonestTokenIsAccepted) { EXPECT_EQ(verdict(good_token()), "fine"); }

TEST(Attack01, RefusesAlgNone) {
  for (const std::string name : {"none", "None", "nOnE", "NONE", "", "es256", "ES256 ", "HS512"}) {
    const std::string header = R"({"alg":")" + name + R"(","kid":"k1","typ":"at+jwt"})";
    EXPECT_EQ(with_header(header), "wrong_algorithm") << name;
    EXPECT_EQ(verdict(compact(header, GoodClaims, "")), "malformed") << name;
    EXPECT_EQ(verdict(compact(header, GoodClaims, "x")), "wrong_algorithm") << name;
  }
}

TEST(Attack01, RefusesAHeaderWithoutAlg) {
  EXPECT_EQ(with_header(R"({"kid":"k1","typ":"at+jwt"})"), "bad_header");
  EXPECT_EQ(with_header(R"({"alg":null,"kid":"k1"})"), "bad_header");
  EXPECT_EQ(with_header(R"({"alg":["ES256"],"kid":"k1"})"), "bad_header");
}

TEST(Attack02, RefusesAPublicKeyTakenForASecret) {
  const Key key = Forge::rs256().key();
  constexpr std::string_view Header = R"({"alg":"HS256","kid":"k1","typ":"at+jwt"})";
  for (const std::string& secret : {Forge::rs256().pem(), Forge::rs256().der(), key.jwk()}) {
    EXPECT_EQ(verdict(hs256_token(secret, Header), key), "wrong_algorithm");
  }
}

TEST(Attack03, RefusesTheAlgorithmOfAnotherKey) {
  EXPECT_EQ(verdict(good_token(), Forge::rs256().key()), "wrong_algorithm");
  EXPECT_EQ(verdict(good_token(), Forge::eddsa().key()), "wrong_algorithm");
  EXPECT_EQ(verdict(Forge::es256().token(R"({"alg":"RS256","kid":"k1","typ":"at+jwt"})")),
            "wrong_algorithm");
}

TEST(Attack04, FindsNoKeyOfAnUnknownName) {
  KeySet set;
  ASSERT_TRUE(set.add(Forge::es256().key("k1")));
  EXPECT_NE(set.find("k1"), nullptr);
  EXPECT_EQ(set.find("k2"), nullptr);
  EXPECT_EQ(set.find("K1"), nullptr);
  EXPECT_EQ(set.find(""), nullptr);
}

TEST(Attack05, RefusesAKeyIdThatIsNoName) {
  const auto verdict_of = [](const std::string& id) {
    return with_header(R"({"alg":"ES256","typ":"at+jwt","kid":)" + id + "}");
  };
  for (const std::string id : {"\"\"", "\"' OR 1=1--\"", "\"a\\nb\"", "\"\u00e9\"", "{}",
                               "[\"k1\"]", "1", "null", "true"}) {
    EXPECT_EQ(verdict_of(id), "bad_kid") << id;
  }
  EXPECT_EQ(verdict_of("\"k1\\u0000\""), "bad_header");
  EXPECT_EQ(verdict_of('"' + std::string(4096, 'k') + '"'), "bad_kid");
  EXPECT_EQ(verdict_of('"' + std::string(129, 'k') + '"'), "bad_kid");
  EXPECT_EQ(verdict_of('"' + std::string(128, 'k') + '"'), "fine");
}

// A path is a name like any other: it is compared with the names of keys and nothing else.
TEST(Attack05, TakesAPathForAName) {
  const std::string text =
      Forge::es256().token(R"({"alg":"ES256","typ":"at+jwt","kid":"../../dev/null"})");
  const auto token = Token::parse(text);
  ASSERT_TRUE(token);
  KeySet set;
  ASSERT_TRUE(set.add(Forge::es256().key("k1")));
  EXPECT_EQ(set.find(token->header().key_id), nullptr);
}

TEST(Attack06, RefusesAPlaceToFetchKeysFrom) {
  EXPECT_EQ(with_member(R"("jku":"https://evil.example/keys")"), "key_in_header");
  EXPECT_EQ(with_member(R"("x5u":"https://evil.example/cert")"), "key_in_header");
  EXPECT_EQ(with_member(R"("jk\u0075":"https://evil.example/keys")"), "key_in_header");
}

TEST(Attack07, RefusesAnEmbeddedKey) {
  const Forge other = Forge::another_es256();
  const std::string header =
      R"({"alg":"ES256","kid":"k1","typ":"at+jwt","jwk":)" + other.key().jwk() + "}";
  EXPECT_EQ(verdict(other.token(header)), "key_in_header");
  EXPECT_EQ(with_header(header), "key_in_header");
}

TEST(Attack08, RefusesACertificateChain) {
  EXPECT_EQ(with_member(R"("x5c":["MIIB"])"), "key_in_header");
}

TEST(Attack09, RefusesCriticalExtensions) {
  for (const char* const crit :
       {R"("crit":["exp"])", R"("crit":["b64"],"b64":true)", R"("crit":[])", R"("crit":null)"}) {
    EXPECT_EQ(with_member(crit), "extension") << crit;
  }
}

TEST(Attack10, RefusesAnUnencodedPayload) {
  EXPECT_EQ(with_member(R"("b64":false)"), "extension");
  EXPECT_EQ(with_member(R"("b64":true)"), "extension");
}

TEST(Attack11, RefusesCompression) { EXPECT_EQ(with_member(R"("zip":"DEF")"), "extension"); }

TEST(Attack12, RefusesAnotherKindOfToken) {
  for (const char* const type :
       {"JWT", "mfa+jwt", "dpop+jwt", "", "at+jwt ", "text/at+jwt", "at"}) {
    EXPECT_EQ(with_header(R"({"alg":"ES256","kid":"k1","typ":")" + std::string(type) + "\"}"),
              "wrong_type")
        << type;
  }
  EXPECT_EQ(with_header(R"({"alg":"ES256","kid":"k1"})"), "wrong_type");
  EXPECT_EQ(with_header(R"({"alg":"ES256","kid":"k1","typ":1})"), "bad_header");
  EXPECT_EQ(with_header(R"({"alg":"ES256","kid":"k1","typ":"application/at+jwt"})"), "fine");
  EXPECT_EQ(with_header(R"({"alg":"ES256","kid":"k1","typ":"AT+JWT"})"), "fine");
}

TEST(Attack20, RefusesADuplicateInTheHeader) {
  EXPECT_EQ(with_header(R"({"alg":"ES256","alg":"ES256","typ":"at+jwt"})"), "bad_header");
  EXPECT_EQ(with_header(R"({"alg":"none","\u0061lg":"ES256","typ":"at+jwt"})"), "bad_header");
}

TEST(Attack22, RefusesAnyNumberOfDotsButTwo) {
  const std::string token = good_token();
  const std::string payload_on = token.substr(token.find('.'));
  const std::string header = token.substr(0, token.find('.'));
  const std::string signature = token.substr(token.rfind('.') + 1);
  for (const std::string& text :
       {std::string(), std::string("."), std::string(".."), std::string("..."), header, payload_on,
        token + '.', '.' + token, token + ".e30", token + ".e30.e30", header + ".." + signature,
        token.substr(0, token.rfind('.')), token.substr(0, token.rfind('.') + 1)}) {
    EXPECT_EQ(verdict(text), "malformed") << text;
  }
}

TEST(Attack23, RefusesAnotherSpellingOfTheSameBytes) {
  // 64 bytes leave four bits of the last character unused.
  const std::string token = good_token();
  std::string spare = token;
  spare.back() = static_cast<char>(spare.back() + 1);
  for (const std::string& text : {spare, token + '=', token + "==", token + '\n', token + ' ',
                                  ' ' + token, token + '\r', '\t' + token, "=" + token}) {
    EXPECT_EQ(verdict(text), "malformed") << text;
  }
}

TEST(Attack23, RefusesForeignCharactersInEveryPart) {
  const std::string token = good_token();
  const std::size_t first = token.find('.');
  const std::size_t second = token.rfind('.');
  for (const std::size_t at : {std::size_t{3}, first + 3, second + 3}) {
    for (const char c : {'=', '+', '/', ' ', '\n', '\t', '\0', '\x80', '~'}) {
      std::string text = token;
      text[at] = c;
      EXPECT_EQ(verdict(text), "malformed") << at << " " << c;
    }
  }
}

TEST(Attack32, RefusesALongTokenBeforeDecoding) {
  EXPECT_EQ(verdict(std::string(8193, '.')), "too_long");
  EXPECT_EQ(verdict(std::string(8192, '.')), "malformed");
  EXPECT_EQ(verdict(std::string(1 << 20, 'a')), "too_long");
}

TEST(Attack32, AcceptsATokenOf8192Bytes) {
  const auto padded = [](std::size_t size) {
    return Forge::es256().token(Es256Header,
                                claims_with(R"("x":")" + std::string(size, 'x') + '"'));
  };
  std::size_t size = 5900;
  while (padded(size + 1).size() <= Token::MostSize) ++size;
  EXPECT_EQ(verdict(padded(size)), "fine");
  EXPECT_EQ(verdict(padded(size + 1)), "too_long");
}

}  // namespace
}  // namespace portico::auth::testing
