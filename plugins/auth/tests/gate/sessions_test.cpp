// SPDX-License-Identifier: Apache-2.0
// Session cookies as credentials, and what keeps other sites' pages from using them.
#include "gate/accounts_stand_in.h"

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace test;

TEST(SessionCookie, IsACredential) {
  WithAccounts gateway;
  EXPECT_EQ(gateway.cookie("cookie-1").body, "it is ada");
  EXPECT_EQ(gateway.cookie("cookie-1").body, "it is ada");
  EXPECT_EQ(gateway.accounts().looked_up, 1);
  EXPECT_EQ(code_of(gateway.cookie("stolen")), "invalid_token");
  EXPECT_EQ(code_of(gateway.cookie("")), "invalid_token");
}

TEST(SessionCookie, StandsForACallerOfOurOwnIssuer) {
  WithAccounts gateway(", identity_headers: {X-Issuer: issuer}");
  Forwarded got;
  gateway.upstream([&got](const Forwarded& request) {
    got = request;
    return Response();
  });
  gateway.get("/behind", {{"Cookie", "__Host-sid=cookie-1"}});
  EXPECT_EQ(got.header("X-Issuer"), "https://own.example");
}

TEST(SessionCookie, IsNoneWithoutAccounts) {
  Guarded gateway;
  EXPECT_EQ(code_of(gateway.get("/who", {{"Cookie", "__Host-sid=cookie-1"}})),
            "authentication_required");
  const Reply both = gateway.get(
      "/who", {{"Cookie", "__Host-sid=a"}, {"Authorization", bearer(gateway.issuer.token())}});
  EXPECT_EQ(both.status, Status::Ok);
}

TEST(SessionCookie, IsAnswered503WhenTheStoreIsAway) {
  WithAccounts gateway;
  EXPECT_EQ(gateway.cookie("cookie-1").status, Status::Ok);
  gateway.accounts().away = true;
  EXPECT_EQ(gateway.cookie("cookie-1").status, Status::Ok);
  const Reply reply = gateway.cookie("cookie-2");
  EXPECT_EQ(reply.status, Status::ServiceUnavailable);
  EXPECT_EQ(code_of(reply), "sessions_unavailable");
}

TEST(SessionCookie, IsLookedUpAgainOnceItsTimeIsOver) {
  WithAccounts gateway;
  EXPECT_EQ(gateway.cookie("cookie-1").status, Status::Ok);
  gateway.advance(600s);
  EXPECT_EQ(code_of(gateway.cookie("cookie-1")), "invalid_token");
  EXPECT_EQ(gateway.accounts().looked_up, 2);
}

TEST(SessionCookie, IsNoToken) {
  WithAccounts gateway;
  EXPECT_EQ(gateway.cookie("cookie-1").status, Status::Ok);
  EXPECT_EQ(code_of(gateway.ask("cookie-1")), "invalid_token");
  const std::string token = gateway.token();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  EXPECT_EQ(code_of(gateway.cookie(token)), "invalid_token");
}

TEST(SessionCookie, StaysHere) {
  WithAccounts gateway;
  Forwarded got;
  gateway.upstream([&got](const Forwarded& request) {
    got = request;
    return Response();
  });
  gateway.get("/behind",
              {{"Cookie", "a=1; __Host-sid=cookie-1; b=\"2\"; csrf=x"}, {"Cookie", "c"}});
  EXPECT_EQ(got.header("X-User-Id"), "ada");
  EXPECT_EQ(got.header("Cookie"), "a=1; b=\"2\"; c");
  gateway.get("/behind", {{"Cookie", "__Host-sid=cookie-1"}});
  EXPECT_EQ(got.header("Cookie"), "");
}

TEST(Attack84, TwoSessionCookiesAreRefused) {
  WithAccounts gateway;
  const Reply one_field =
      gateway.get("/who", {{"Cookie", "__Host-sid=cookie-1; __Host-sid=cookie-2"}});
  EXPECT_EQ(one_field.status, Status::BadRequest);
  EXPECT_EQ(code_of(one_field), "multiple_credentials");
  const Reply two_fields =
      gateway.get("/who", {{"Cookie", "__Host-sid=cookie-1"}, {"cookie", "__Host-sid=cookie-1"}});
  EXPECT_EQ(code_of(two_fields), "multiple_credentials");
}

TEST(Attack85, AChangeWithoutAnySignOfItsSenderIsRefused) {
  WithAccounts gateway;
  const Reply reply = gateway.cookie("cookie-1", "POST");
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_EQ(code_of(reply), "csrf_failed");
  for (const char* const method : {"PUT", "PATCH", "DELETE", "PROPFIND"}) {
    EXPECT_EQ(code_of(gateway.cookie("cookie-1", method)), "csrf_failed") << method;
  }
}

TEST(Attack85, TheBrowserSaysWhoSentIt) {
  WithAccounts gateway(", trusted_origins: [\"https://app.example.com\"]");
  const auto sent = [&gateway](std::string_view site, std::string_view origin) {
    Fields fields{{"Sec-Fetch-Site", std::string(site)}};
    if (!origin.empty()) fields.emplace_back("Origin", origin);
    return gateway.cookie("cookie-1", "POST", fields).status;
  };
  EXPECT_EQ(sent("same-origin", ""), Status::Ok);
  EXPECT_EQ(sent("none", ""), Status::Ok);
  EXPECT_EQ(sent("cross-site", ""), Status::Forbidden);
  EXPECT_EQ(sent("cross-site", "https://app.example.com"), Status::Forbidden);
  EXPECT_EQ(sent("same-site", ""), Status::Forbidden);
  EXPECT_EQ(sent("same-site", "https://evil.example.com"), Status::Forbidden);
  EXPECT_EQ(sent("same-site", "https://app.example.com"), Status::Ok);
  EXPECT_EQ(sent("Same-Origin", ""), Status::Forbidden);
}

TEST(Attack85, TheOriginSaysItWhereTheBrowserDoesNot) {
  WithAccounts gateway(", trusted_origins: [\"https://app.example.com\"]");
  const auto sent = [&gateway](std::string_view origin) {
    return gateway.cookie("cookie-1", "POST", {{"Origin", std::string(origin)}}).status;
  };
  EXPECT_EQ(sent("http://app.example"), Status::Ok);
  EXPECT_EQ(sent("https://app.example.com"), Status::Ok);
  for (const char* const origin :
       {"https://app.example", "http://app.example.evil.tld", "http://evilapp.example", "null",
        "http://app.example:81", "https://app.example.com.evil.tld", "http://", "//app.example"}) {
    EXPECT_EQ(sent(origin), Status::Forbidden) << origin;
  }
}

TEST(Attack85, ATokenOfTheSessionServesWhereNeitherDoes) {
  WithAccounts gateway;
  const std::string token = gateway.accounts().csrf_token("s1");
  const auto sent = [&gateway](const std::string& cookie, const std::string& field) {
    return gateway
        .with("POST", "/who",
              {{"Cookie", "__Host-sid=cookie-1; csrf=" + cookie}, {"X-CSRF-Token", field}})
        .status;
  };
  EXPECT_EQ(sent(token, token), Status::Ok);
  EXPECT_EQ(sent(token, ""), Status::Forbidden);
  EXPECT_EQ(sent("", ""), Status::Forbidden);
  EXPECT_EQ(sent("", token), Status::Forbidden);
  std::string other = token;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_EQ(sent(other, other), Status::Forbidden);
  EXPECT_EQ(sent(token + "; csrf=" + token, token), Status::Forbidden);
}

TEST(Attack86, ATokenOfAnotherSessionIsRefused) {
  WithAccounts gateway;
  const std::string token = gateway.accounts().csrf_token("s2");
  const Fields fields{{"Cookie", "__Host-sid=cookie-1; csrf=" + token},
                      {"X-CSRF-Token", token},
                      {"Sec-Fetch-Site", "same-origin"}};
  EXPECT_EQ(code_of(gateway.with("POST", "/who", fields)), "csrf_failed");
}

TEST(Csrf, IsAskedOfWhatOpensAWebSocket) {
  WithAccounts gateway;
  EXPECT_EQ(code_of(gateway.cookie("cookie-1", "GET",
                                   {{"Upgrade", "websocket"}, {"Origin", "https://evil.example"}})),
            "csrf_failed");
  EXPECT_EQ(
      gateway
          .cookie("cookie-1", "GET", {{"Upgrade", "websocket"}, {"Origin", "http://app.example"}})
          .status,
      Status::Ok);
}

TEST(Csrf, IsNotAskedOfATokenInAHeader) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  EXPECT_EQ(gateway
                .request("POST", "/who",
                         {{"Authorization", bearer(token)}, {"Sec-Fetch-Site", "cross-site"}})
                .status,
            Status::Ok);
}

}  // namespace
}  // namespace portico::auth
