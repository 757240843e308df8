// SPDX-License-Identifier: Apache-2.0
// Attacks by what a token says. All of these are honestly signed.
#include "jose/forge.h"
#include "jose/token.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace portico::auth::testing {
namespace {

using std::chrono::seconds;

std::string signed_claims(std::string_view claims) {
  return Forge::es256().token(Es256Header, claims);
}

std::string with_claims(std::string_view claims) { return verdict(signed_claims(claims)); }

std::string with_member(std::string_view member) { return with_claims(claims_with(member)); }

/// GoodClaims at another time than Now.
std::string at(seconds now) {
  return verdict(signed_claims(GoodClaims), Forge::es256().key(), our_rules(), now);
}

/// GoodClaims with another value of that claim, or without it.
std::string with(std::string_view name, std::string_view value) {
  std::string claims = "{";
  const auto add = [&](std::string_view key, std::string_view given) {
    const std::string_view text = key == name ? value : given;
    if (text.empty()) return;
    if (claims.size() > 1) claims += ',';
    claims.append("\"").append(key).append("\":").append(text);
  };
  add("iss", R"("https://id.example")");
  add("aud", R"("api")");
  add("sub", R"("u1")");
  add("exp", "1800000600");
  return with_claims(claims + "}");
}

TEST(Attack13, RefusesAnExpiredTokenBeyondTheLeeway) {
  const seconds expires{1'800'000'600};
  EXPECT_EQ(at(expires), "fine");
  EXPECT_EQ(at(expires + seconds(29)), "fine");
  EXPECT_EQ(at(expires + seconds(30)), "expired");
  EXPECT_EQ(at(expires + seconds(31)), "expired");
}

TEST(Attack14, RefusesATokenBeforeItsTime) {
  EXPECT_EQ(with_member(R"("nbf":1800000030)"), "fine");
  EXPECT_EQ(with_member(R"("nbf":1800000031)"), "not_yet_valid");
  EXPECT_EQ(with_member(R"("nbf":9007199254740992)"), "not_yet_valid");
}

TEST(Attack15, RefusesATokenFromTheFuture) {
  constexpr std::string_view Base =
      R"({"iss":"https://id.example","aud":"api","sub":"u1","exp":1800000600,"iat":)";
  EXPECT_EQ(with_claims(std::string(Base) + "1800000030}"), "fine");
  EXPECT_EQ(with_claims(std::string(Base) + "1800000031}"), "issued_in_future");
}

TEST(Attack16, RefusesATokenWithoutExpiry) { EXPECT_EQ(with("exp", ""), "no_expiry"); }

TEST(Attack16, RefusesTimesThatAreNotWholeNumbersInBounds) {
  for (const char* const value :
       {"\"1800000600\"", "-1", "-1800000600", "1e300", "1e9", "1800000600.0", "1800000600.5",
        "9007199254740993", "18446744073709551615", "18446744073709551616", "99999999999999999999",
        "\"NaN\"", "null", "true", "[]", "{}", "[1800000600]"}) {
    EXPECT_EQ(with("exp", value), "bad_claims") << value;
    for (const char* const name : {"nbf", "iat", "auth_time", "pv"}) {
      EXPECT_EQ(with_member('"' + std::string(name) + "\":" + value), "bad_claims")
          << name << value;
    }
  }
  for (const char* const value : {"NaN", "Infinity", "1e999", "0x1", "1800000600s"}) {
    EXPECT_EQ(with("exp", value), "bad_claims") << value;
  }
}

TEST(Attack16, HoldsTheLatestTimeInMicroseconds) {
  const std::string text = signed_claims(
      R"({"iss":"https://id.example","aud":"api","sub":"u1","exp":9007199254740992})");
  EXPECT_EQ(verdict(text), "fine");
  const auto token = Token::parse(text);
  ASSERT_TRUE(token);
  EXPECT_GT(std::chrono::microseconds(*token->claims().expires), std::chrono::microseconds(0));
}

TEST(Attack17, RefusesAnotherAudience) {
  EXPECT_EQ(with("aud", ""), "wrong_audience");
  EXPECT_EQ(with("aud", R"("")"), "wrong_audience");
  EXPECT_EQ(with("aud", R"("API")"), "wrong_audience");
  EXPECT_EQ(with("aud", R"("api2")"), "wrong_audience");
  EXPECT_EQ(with("aud", "[]"), "wrong_audience");
  EXPECT_EQ(with("aud", R"(["web","admin"])"), "wrong_audience");
  EXPECT_EQ(with("aud", R"(["web","api"])"), "fine");
}

TEST(Attack17, RefusesAnAudienceOfAnotherForm) {
  for (const char* const value :
       {"{}", R"({"api":"api"})", "1", "null", R"(["api",1])", R"([["api"]])"}) {
    EXPECT_EQ(with("aud", value), "bad_claims") << value;
  }
}

TEST(Attack17, BoundsTheAudiences) {
  const auto of_size = [](std::size_t size) {
    std::string array = R"(["api")";
    for (std::size_t i = 1; i < size; ++i) array += R"(,"a")";
    return array + "]";
  };
  EXPECT_EQ(with("aud", of_size(32)), "fine");
  EXPECT_EQ(with("aud", of_size(33)), "bad_claims");
  EXPECT_EQ(with("aud", of_size(10'000)), "too_long");
}

TEST(Attack17, AcceptsNothingWithoutAnAudienceOfOurs) {
  Rules rules = our_rules();
  rules.audiences.clear();
  EXPECT_EQ(verdict(signed_claims(GoodClaims), Forge::es256().key(), rules), "wrong_audience");
}

TEST(Attack18, RefusesAnotherSpellingOfTheIssuer) {
  for (const char* const value : {R"("https://id.example/")", R"("https://ID.example")",
                                  R"("https://id.example ")", R"("")", ""}) {
    EXPECT_EQ(with("iss", value), "wrong_issuer") << value;
  }
  EXPECT_EQ(with("iss", R"(["https://id.example"])"), "bad_claims");
}

TEST(Attack18, AcceptsNoIssuerWhereNoneIsSet) {
  const Rules rules{.issuer = "", .audiences = {"api"}};
  const std::string token = signed_claims(R"({"aud":"api","sub":"u1","exp":1800000600})");
  EXPECT_EQ(verdict(token, Forge::es256().key(), rules), "wrong_issuer");
}

TEST(Attack19, RefusesATokenOfNobody) {
  EXPECT_EQ(with("sub", ""), "no_subject");
  EXPECT_EQ(with("sub", R"("")"), "no_subject");
  EXPECT_EQ(with("sub", "7"), "bad_claims");
}

TEST(Attack20, RefusesDuplicateClaims) {
  EXPECT_EQ(with_member(R"("sub":"u2")"), "bad_claims");
  EXPECT_EQ(with_member(R"("s\u0075b":"u2")"), "bad_claims");
  EXPECT_EQ(with_member(R"("other":{"a":1,"a":2})"), "bad_claims");
}

TEST(Attack21, RefusesNulInKeysAndTexts) {
  EXPECT_EQ(with_member(R"("role\u0000x":"admin")"), "bad_claims");
  EXPECT_EQ(with_member(R"("other":"a\u0000b")"), "bad_claims");
  EXPECT_EQ(with_claims(std::string(GoodClaims) + '\0'), "bad_claims");
}

TEST(Attack33, RefusesDeepNesting) {
  const auto nested = [](std::size_t depth) {
    return R"("x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']');
  };
  EXPECT_EQ(with_member(nested(32)), "fine");
  EXPECT_EQ(with_member(nested(33)), "bad_claims");
  EXPECT_EQ(with_member(nested(2000)), "bad_claims");
}

TEST(Attack39, AClockThatGoesBackRevivesNothingBeyondTheLeeway) {
  // Ten minutes back from the end of its life a token of ten minutes is just issued, not older.
  EXPECT_EQ(at(Now - seconds(31)), "fine");
  EXPECT_EQ(at(Now - seconds(32)), "issued_in_future");
}

TEST(Claims, AreAllRead) {
  const std::string text = signed_claims(claims_with(
      R"("nbf":1799999998,"jti":"t1","sid":"s1","amr":["pwd","otp"],"auth_time":1799990000,)"
      R"("scope":"a b","roles":["admin","user"],"pv":7,"client_id":4)"));
  const auto token = Token::parse(text);
  ASSERT_TRUE(token);
  const Claims& claims = token->claims();
  EXPECT_EQ(claims.subject, "u1");
  EXPECT_EQ(claims.not_before, seconds(1'799'999'998));
  EXPECT_EQ(claims.issued, seconds(1'799'999'999));
  EXPECT_EQ(claims.id, "t1");
  EXPECT_EQ(claims.session, "s1");
  EXPECT_EQ(claims.methods, (std::vector<std::string_view>{"pwd", "otp"}));
  EXPECT_EQ(claims.authenticated, seconds(1'799'990'000));
  EXPECT_EQ(claims.scope, "a b");
  EXPECT_EQ(claims.roles, (std::vector<std::string_view>{"admin", "user"}));
  EXPECT_EQ(claims.permission_version, 7);
}

TEST(Claims, BoundTheRoles) {
  std::string roles = R"("roles":["r")";
  for (int i = 1; i < 50; ++i) roles += R"(,"r")";
  EXPECT_EQ(with_member(roles + "]"), "fine");
  EXPECT_EQ(with_member(roles + R"(,"r"])"), "bad_claims");
  EXPECT_EQ(with_member(R"("roles":"admin")"), "bad_claims");
}

TEST(Rules, AcceptOtherTypesWhereTheySaySo) {
  Rules rules = our_rules();
  rules.types = {"JWT", ""};
  const Key key = Forge::es256().key();
  for (const char* const header :
       {R"({"alg":"ES256"})", R"({"alg":"ES256","typ":"JWT"})", R"({"alg":"ES256","typ":"jwt"})"}) {
    EXPECT_EQ(verdict(Forge::es256().token(header), key, rules), "fine") << header;
  }
  EXPECT_EQ(verdict(Forge::es256().token(Es256Header), key, rules), "wrong_type");
}

}  // namespace
}  // namespace portico::auth::testing
