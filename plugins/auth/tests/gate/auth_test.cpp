// SPDX-License-Identifier: Apache-2.0
// The middlewares through the real chain: who passes, and what becomes of a request that does.
#include "gate/test_issuer.h"

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using namespace test;

TEST(Auth, RefusesWhoBringsNothing) {
  Guarded gateway;
  const Reply reply = gateway.get("/who");
  EXPECT_EQ(reply.status, Status::Unauthorized);
  EXPECT_EQ(code_of(reply), "authentication_required");
  EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
}

TEST(Auth, LetsTheBearerOfAGoodTokenPass) {
  Guarded gateway;
  const Reply reply = gateway.ask();
  EXPECT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_EQ(reply.body, "it is ada");
  EXPECT_EQ(gateway.fetched, 1);
}

TEST(Auth, ReadsTheSchemeInAnyCase) {
  Guarded gateway;
  const std::string token = gateway.issuer.token();
  EXPECT_EQ(gateway.get("/who", {{"Authorization", "bearer " + token}}).status, Status::Ok);
  EXPECT_EQ(gateway.get("/who", {{"Authorization", "BEARER  " + token}}).status, Status::Ok);
  EXPECT_EQ(gateway.get("/who", {{"Authorization", "Bearer"}}).status, Status::Unauthorized);
  EXPECT_EQ(gateway.get("/who", {{"Authorization", token}}).status, Status::Unauthorized);
}

TEST(Auth, TellsNobodyWhyATokenIsNoGood) {
  Guarded gateway;
  const Reply expired = gateway.ask("/who", gateway.issuer.token(Payload().set("exp", "1")));
  const Reply garbage = gateway.ask("/who", "garbage");
  EXPECT_EQ(expired.status, Status::Unauthorized);
  EXPECT_EQ(code_of(expired), "invalid_token");
  EXPECT_EQ(expired.header("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
  EXPECT_EQ(expired.headers, garbage.headers);
  EXPECT_EQ(expired.body.substr(0, expired.body.find("request_id")),
            garbage.body.substr(0, garbage.body.find("request_id")));
}

TEST(Auth, KnowsATokenAgainWithoutItsKey) {
  Guarded gateway;
  EXPECT_EQ(gateway.ask().status, Status::Ok);
  EXPECT_EQ(gateway.counter("auth_cache_misses_total"), 1U);
  const std::string token = gateway.issuer.token();
  EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok);
  EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok);
  EXPECT_EQ(gateway.counter("auth_cache_hits_total"), 1U);
}

TEST(AuthOptional, LetsPassWhoBringsNothing) {
  Guarded gateway;
  EXPECT_EQ(gateway.get("/open").body, "it is ");
  EXPECT_EQ(gateway.ask("/open").body, "it is ada");
  EXPECT_EQ(gateway.get("/open", {{"Authorization", "Basic YTpi"}}).body, "it is ");
}

TEST(AuthOptional, RefusesWhatIsNoGood) {
  Guarded gateway;
  EXPECT_EQ(code_of(gateway.ask("/open", "garbage")), "invalid_token");
}

TEST(AuthFresh, AsksWhoLoggedInTooLongAgoToDoSoAgain) {
  Guarded gateway;
  const std::string token = gateway.issuer.token();
  EXPECT_EQ(gateway.ask("/fresh", token).status, Status::Ok);
  gateway.advance(601s);
  const Reply reply = gateway.ask("/fresh", token);
  EXPECT_EQ(reply.status, Status::Unauthorized);
  EXPECT_EQ(code_of(reply), "reauthentication_required");
  EXPECT_EQ(reply.header("WWW-Authenticate"),
            "Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent "
            "authentication is required\", max_age=\"600\"");
}

TEST(AuthFresh, RefusesATokenThatDoesNotSay) {
  Guarded gateway;
  const Reply reply = gateway.ask("/fresh", gateway.issuer.token(Payload().drop("auth_time")));
  EXPECT_EQ(code_of(reply), "reauthentication_required");
}

TEST(Auth, AsksForScopes) {
  Guarded gateway;
  EXPECT_EQ(gateway.ask("/read").status, Status::Ok);
  const Reply reply = gateway.ask("/admin");
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_EQ(code_of(reply), "insufficient_scope");
  EXPECT_EQ(reply.header("WWW-Authenticate"),
            "Bearer error=\"insufficient_scope\", scope=\"read admin\"");
}

TEST(Auth, TellsUpstreamsWhoItIs) {
  Guarded gateway;
  Forwarded got;
  gateway.upstream([&got](const Forwarded& request) {
    got = request;
    return Response();
  });
  EXPECT_EQ(gateway.ask("/behind").status, Status::Ok);
  EXPECT_EQ(got.header("X-User-Id"), "ada");
  EXPECT_EQ(got.header("X-User-Roles"), "gold,staff");
  EXPECT_EQ(got.header("X-User-Scopes"), "read,write");
  EXPECT_EQ(got.header("X-Session-Id"), "s1");
  EXPECT_TRUE(got.header("Authorization").starts_with("Bearer ey"));
}

TEST(Auth, BelievesNoClientWhoItIs) {
  Guarded gateway;
  Forwarded got;
  gateway.upstream([&got](const Forwarded& request) {
    got = request;
    return Response();
  });
  const std::string token = gateway.issuer.token(Payload().drop("roles"));
  gateway.get("/behind", {{"Authorization", bearer(token)},
                          {"X-User-Id", "root"},
                          {"x-user-roles", "admin"},
                          {"X_User_Roles", "admin"}});
  EXPECT_EQ(got.header("X-User-Id"), "ada");
  EXPECT_EQ(got.header("X-User-Roles"), "");
  EXPECT_EQ(got.header("X_User_Roles"), "");
  gateway.get("/elsewhere", {{"X-User-Id", "root"}});
  EXPECT_EQ(got.path, "/elsewhere");
  EXPECT_EQ(got.header("X-User-Id"), "");
}

TEST(Auth, KeepsTokensWhereTheOperatorWishes) {
  Guarded gateway(", forward_token: false, identity_headers: {X-Name: subject, X-From: issuer}");
  Forwarded got;
  gateway.upstream([&got](const Forwarded& request) {
    got = request;
    return Response();
  });
  EXPECT_EQ(gateway.ask("/behind").status, Status::Ok);
  EXPECT_EQ(got.header("Authorization"), "");
  EXPECT_EQ(got.header("X-Name"), "ada");
  EXPECT_EQ(got.header("X-From"), "https://id.example");
  EXPECT_EQ(got.header("X-User-Id"), "");
}

TEST(Auth, RefusesATokenThatNoUpstreamCouldBeTold) {
  Guarded gateway;
  for (const auto& [claim, value] :
       {std::pair{"sub", R"("a\r\nX-User-Roles: admin")"}, std::pair{"roles", R"(["a,admin"])"},
        std::pair{"sid", "\"a\\u0001\""}, std::pair{"roles", R"([""])"}}) {
    const Reply reply = gateway.ask("/who", gateway.issuer.token(Payload().set(claim, value)));
    EXPECT_EQ(code_of(reply), "invalid_token") << claim;
  }
}

TEST(Auth, IsNarrowedByAPlace) {
  Guarded gateway;
  gateway.route("{match: {path: /billing}, use: [{auth: {audience: billing}}], respond: paid}");
  gateway.route(
      "{match: {path: /partner}, use: [{auth: {issuer: \"https://partner.example\"}}], "
      "respond: partner}");
  EXPECT_EQ(code_of(gateway.ask("/billing")), "invalid_token");
  const std::string both = gateway.issuer.token(Payload().set("aud", R"(["api","billing"])"));
  EXPECT_EQ(gateway.ask("/billing", both).status, Status::Ok);
  EXPECT_EQ(code_of(gateway.ask("/partner", both)), "invalid_token");
}

TEST(Auth, AsksEveryPlaceOfAChain) {
  Guarded gateway(", forward_token: false");
  gateway.route(
      "{match: {path: /two}, use: [auth.optional, auth, {auth: {scopes: [admin]}}], "
      "respond: two}");
  EXPECT_EQ(code_of(gateway.get("/two")), "authentication_required");
  EXPECT_EQ(code_of(gateway.ask("/two")), "insufficient_scope");
  const std::string admin = gateway.issuer.token(Payload().set("scope", "\"admin\""));
  EXPECT_EQ(gateway.ask("/two", admin).status, Status::Ok);
}

TEST(Auth, GivesAnIdentity) {
  Guarded gateway;
  gateway.route("{match: {path: /said}, use: [auth], respond: \"{user.id}\"}");
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_EQ(gateway.ask("/said").body, "ada");
}

TEST(Auth, RefusesPlacesThatMakeNoSense) {
  const auto problems = [](std::string_view use) {
    Guarded gateway;
    gateway.route("{match: {path: /p}, use: [" + std::string(use) + "], respond: p}");
    return gateway.problems();
  };
  EXPECT_EQ(problems("{auth: {scopes: [read, write], issuer: a, audience: [api, billing]}}"), "");
  EXPECT_EQ(problems("{auth.optional: {issuer: a, audience: api}}"), "");
  EXPECT_EQ(problems("{auth.fresh: {max_age: 5m, scopes: read}}"), "");
  EXPECT_NE(problems("{auth: {scopes: [\"a b\"]}}").find("is no scope"), std::string::npos);
  EXPECT_NE(problems("{auth.optional: {scopes: [read]}}").find("scopes"), std::string::npos);
  EXPECT_NE(problems("{auth.fresh: {max_age: 25h}}").find("max_age"), std::string::npos);
  EXPECT_NE(problems("auth.strict").find("auth.strict"), std::string::npos);
}

TEST(Auth, SetsIssuersApartByAPrefix) {
  Guarded gateway("", ", subject_prefix: \"partner:\"");
  EXPECT_EQ(gateway.ask().body, "it is partner:ada");
}

TEST(Auth, WaitsForTheNextTurnWhereOneHasVerifiedEnough) {
  Guarded gateway;
  // 16 of them fill a turn, for the clock of a test stands still; the next one waits for a timer.
  for (int i = 0; i < 40; ++i) {
    const std::string token =
        gateway.issuer.token(Payload().set("jti", std::to_string(i).insert(0, "\"").append("\"")));
    EXPECT_EQ(gateway.ask("/who", token).status, Status::Ok) << i;
  }
  EXPECT_EQ(gateway.counter("auth_cache_misses_total"), 40U);
}

}  // namespace
}  // namespace portico::auth
