// SPDX-License-Identifier: Apache-2.0
// Attacks on the gate, by their numbers in the list of cases that must be refused. Those on the
// form of a token and its signature are in tests/jose.
#include "gate/accounts_stand_in.h"

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace test;

/// What the gate says of a token with this claim in the place of a good one.
std::string with_claim(std::string_view name, std::string_view json) {
  Guarded gateway;
  const Reply reply = gateway.ask("/who", gateway.issuer.token(Payload().set(name, json)));
  EXPECT_EQ(reply.status, reply.body == "it is ada" ? Status::Ok : Status::Unauthorized);
  return reply.body == "it is ada" ? "passed" : code_of(reply);
}

TEST(Attack12, AnotherKindOfTokenIsRefused) {
  Guarded gateway;
  for (const char* const type : {"", "JWT", "mfa+jwt", "id+jwt", "at", "at+jwt2"}) {
    EXPECT_EQ(code_of(gateway.ask("/who", gateway.issuer.token({}, type))), "invalid_token")
        << type;
  }
  EXPECT_EQ(gateway.ask("/who", gateway.issuer.token({}, "application/at+jwt")).status, Status::Ok);
  Guarded lenient("", ", types: [at+jwt, JWT]");
  EXPECT_EQ(lenient.ask("/who", lenient.issuer.token({}, "JWT")).status, Status::Ok);
  EXPECT_EQ(code_of(lenient.ask("/who", lenient.issuer.token({}, "mfa+jwt"))), "invalid_token");
}

TEST(Attack13, AnExpiredTokenIsRefusedBeyondTheLeeway) {
  EXPECT_EQ(with_claim("exp", "1699999971"), "passed");
  EXPECT_EQ(with_claim("exp", "1699999970"), "invalid_token");
  EXPECT_EQ(with_claim("exp", "1699999969"), "invalid_token");
}

TEST(Attack14, ATokenOfTheFutureIsRefused) {
  EXPECT_EQ(with_claim("nbf", "1700000030"), "passed");
  EXPECT_EQ(with_claim("nbf", "1700000031"), "invalid_token");
}

TEST(Attack15, ATokenIssuedInTheFutureIsRefused) {
  EXPECT_EQ(with_claim("iat", "1700000030"), "passed");
  EXPECT_EQ(with_claim("iat", "1700000031"), "invalid_token");
}

TEST(Attack16, AnExpiryThatIsNoTimeIsRefused) {
  Guarded gateway;
  EXPECT_EQ(code_of(gateway.ask("/who", gateway.issuer.token(Payload().drop("exp")))),
            "invalid_token");
  for (const char* const exp : {"\"1700000600\"", "-1", "1e300", "1700000600.5", "null", "\"NaN\"",
                                "[1700000600]", "{}", "true", "99999999999999999999"}) {
    EXPECT_EQ(with_claim("exp", exp), "invalid_token") << exp;
  }
}

TEST(Attack17, AnotherAudienceIsRefused) {
  Guarded gateway;
  EXPECT_EQ(code_of(gateway.ask("/who", gateway.issuer.token(Payload().drop("aud")))),
            "invalid_token");
  std::string many = "[\"x\"";
  for (int i = 0; i < 1000; ++i) many += ",\"x\"";
  for (const std::string& aud :
       {std::string("\"other\""), std::string("[]"), std::string("[\"other\"]"),
        std::string("{\"api\":1}"), std::string("[[\"api\"]]"), std::string("\"API\""),
        many + ",\"api\"]"}) {
    EXPECT_EQ(with_claim("aud", aud), "invalid_token") << aud.substr(0, 40);
  }
  EXPECT_EQ(with_claim("aud", R"(["other","api"])"), "passed");
}

TEST(Attack18, AnIssuerIsComparedToTheLetter) {
  for (const char* const iss :
       {"\"https://id.example/\"", "\"https://ID.example\"", "\"https://id.example \"", "\"\"",
        "null", "[\"https://id.example\"]"}) {
    EXPECT_EQ(with_claim("iss", iss), "invalid_token") << iss;
  }
}

TEST(Attack19, ADisabledUserIsRefusedAtOnce) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  gateway.accounts().deny({.what = Denial::What::Subject,
                           .name = "ada",
                           .not_before = std::chrono::seconds(Birth + 1),
                           .until = std::chrono::seconds(Birth + 1000)});
  EXPECT_EQ(code_of(gateway.ask(token)), "invalid_token");
  EXPECT_EQ(code_of(gateway.cookie("cookie-1")), "invalid_token");
  // Of another user, and issued afterwards.
  EXPECT_EQ(gateway.ask(gateway.token(Payload().set("sub", "\"bob\""))).status, Status::Ok);
  EXPECT_EQ(gateway.ask(gateway.token(Payload().set("iat", "1700000001"))).status, Status::Ok);
}

TEST(Attack32, ALongTokenIsRefusedUnread) {
  Guarded gateway;
  std::string text(9000, 'a');
  EXPECT_EQ(code_of(gateway.ask("/who", text)), "invalid_token");
  const std::string token =
      gateway.issuer.token(Payload().set("x", '"' + std::string(8192, 'x') + '"'));
  EXPECT_EQ(code_of(gateway.ask("/who", token)), "invalid_token");
}

TEST(Attack35, AnotherIssuersTokenOfTheSameKeyNameIsRefused) {
  Guarded gateway;
  const std::string staging =
      gateway.issuer.token(Payload().set("iss", "\"https://staging.example\""));
  EXPECT_EQ(code_of(gateway.ask("/who", staging)), "invalid_token");
  WithAccounts accounts;
  // The gateway's own key does not sign for the other issuer that it trusts.
  const std::string other =
      accounts.issuer.token(Payload().set("iss", "\"https://other.example\""));
  EXPECT_EQ(code_of(accounts.ask(other)), "invalid_token");
}

TEST(Attack35, AForeignIssuerCannotBearOurOwnName) {
  Gateway gateway;
  gateway.load<AccountsStandIn>(
      "{issuers: [{issuer: \"https://own.example\", audience: api, shared_secret: "
      "0123456789abcdef0123456789abcdef}]}");
  EXPECT_NE(gateway.problems().find("own `issuer`"), std::string::npos) << gateway.problems();
}

TEST(Attack36, ARevokedSessionIsRefusedAtOnce) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  EXPECT_EQ(gateway.cookie("cookie-1").status, Status::Ok);
  gateway.accounts().deny({.name = "s1", .until = std::chrono::seconds(Birth + 1000)});
  EXPECT_EQ(code_of(gateway.ask(token)), "invalid_token");
  EXPECT_EQ(code_of(gateway.cookie("cookie-1")), "invalid_token");
  EXPECT_EQ(code_of(gateway.ask(gateway.token(Payload().set("jti", "\"t2\"")))), "invalid_token");
  EXPECT_EQ(gateway.ask(gateway.token(Payload().set("sid", "\"s9\""))).status, Status::Ok);
}

TEST(Attack36, EveryLoopRefusesFromTheMomentOfTheDenial) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  std::barrier known(5);
  std::barrier denied(5);
  std::atomic<int> refused{0};
  std::vector<std::jthread> loops;
  for (int i = 0; i < 4; ++i) {
    loops.emplace_back([&] {
      EXPECT_EQ(gateway.accounts().verify(token).what, Finding::What::Known);
      EXPECT_EQ(gateway.accounts().verify(token).what, Finding::What::Known);
      known.arrive_and_wait();
      denied.arrive_and_wait();
      if (gateway.accounts().verify(token).what == Finding::What::Refused) ++refused;
    });
  }
  known.arrive_and_wait();
  gateway.accounts().deny({.name = "s1", .until = std::chrono::seconds(Birth + 1000)});
  denied.arrive_and_wait();
  loops.clear();
  EXPECT_EQ(refused, 4);
}

TEST(Attack37, ATokenOfARetiredKeyIsRefusedThoughItIsKnown) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  gateway.issuer.rotate();
  gateway.publish_keys();
  EXPECT_EQ(code_of(gateway.ask(token)), "invalid_token");
  EXPECT_EQ(gateway.ask(gateway.token()).status, Status::Ok);
}

TEST(Attack38, AKnownTokenDoesNotOutliveItsExpiry) {
  Guarded gateway;
  const std::string token = gateway.issuer.token();
  EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok);
  gateway.advance(629s);
  EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok);
  gateway.advance(1s);
  EXPECT_EQ(code_of(gateway.ask("/who", token)), "invalid_token");
}

TEST(Attack38, AKnownTokenWithAnotherSignatureIsVerified) {
  Guarded gateway;
  const std::string token = gateway.issuer.token();
  EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok);
  std::string forged = gateway.issuer.token(Payload().set("sub", "\"root\""));
  forged.replace(forged.rfind('.'), std::string::npos, token.substr(token.rfind('.')));
  EXPECT_EQ(code_of(gateway.ask("/who", forged)), "invalid_token");
}

TEST(Attack48, TwoCredentialsAreRefused) {
  WithAccounts gateway;
  const std::string token = bearer(gateway.token());
  const auto code = [&gateway](portico::testing::GivenFields fields) {
    const Reply reply = gateway.get("/open", fields);
    return reply.status == Status::BadRequest ? code_of(reply) : "";
  };
  EXPECT_EQ(code({{"Authorization", token}, {"Authorization", token}}), "multiple_credentials");
  EXPECT_EQ(code({{"Authorization", token}, {"authorization", "Basic YTpi"}}),
            "multiple_credentials");
  EXPECT_EQ(code({{"Authorization", token}, {"Cookie", "__Host-sid=cookie-1"}}),
            "multiple_credentials");
  EXPECT_EQ(code({{"Authorization", token}, {"X-API-Key", "k"}}), "multiple_credentials");
  EXPECT_EQ(code({{"X-API-Key", "k"}, {"X-API-Key", "k"}}), "multiple_credentials");
  EXPECT_EQ(code({{"X-API-Key", "k"}, {"Cookie", "a=b; __Host-sid=cookie-1"}}),
            "multiple_credentials");
  EXPECT_EQ(code_of(gateway.get("/open", {{"X-API-Key", "k"}})), "invalid_api_key");
}

TEST(Attack51, TheGateSeesThePathThatTheRouterSees) {
  Guarded gateway;
  gateway.route("{match: {path: \"/admin/**\"}, use: [auth], respond: admin}");
  for (const char* const path : {"/admin/x", "/open/../admin/x", "/open/%2e%2e/admin/x",
                                 "//admin/x", "/./admin//x", "/%61dmin/x"}) {
    EXPECT_EQ(code_of(gateway.get(path)), "authentication_required") << path;
  }
}

TEST(Attack52, OtherMethodsPassTheGateToo) {
  Guarded gateway;
  for (const char* const method : {"HEAD", "OPTIONS", "POST", "PROPFIND"}) {
    EXPECT_EQ(gateway.request(method, "/who").status, Status::Unauthorized) << method;
  }
}

TEST(Attack81, ARefreshTokenIsNoAccessToken) {
  WithAccounts gateway;
  EXPECT_EQ(code_of(gateway.ask("AVd0VhsbT3mS1nq3l7h2zMcBAc3vBv6ylQ0P8m8rj5PEqm0oHs8pMZ0")),
            "invalid_token");
}

TEST(Attack162, KnownTokensPassForTheWindowInWhichTheDatabaseIsSilent) {
  WithAccounts gateway;
  const std::string token = gateway.token();
  gateway.accounts().heard();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  gateway.advance(30s);
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
  gateway.advance(1s);
  const Reply reply = gateway.ask(token);
  EXPECT_EQ(reply.status, Status::ServiceUnavailable);
  EXPECT_EQ(code_of(reply), "revocations_unavailable");
  EXPECT_EQ(code_of(gateway.ask(gateway.token(Payload().set("jti", "\"t2\"")))),
            "revocations_unavailable");
  gateway.accounts().heard();
  EXPECT_EQ(gateway.ask(token).status, Status::Ok);
}

TEST(Attack154, NoTokenIsLogged) {
  Guarded gateway;
  const std::string good = gateway.issuer.token();
  const std::string bad = TestIssuer().token();
  EXPECT_EQ(gateway.ask("/who", good).status, Status::Ok);
  EXPECT_EQ(gateway.ask("/who", bad).status, Status::Unauthorized);
  EXPECT_FALSE(gateway.logged(good.substr(good.rfind('.'))));
  EXPECT_FALSE(gateway.logged(bad.substr(bad.rfind('.'))));
}

}  // namespace
}  // namespace portico::auth
