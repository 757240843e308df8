// SPDX-License-Identifier: Apache-2.0
// The plugin through the real chain.
#include "cors.h"

#include <portico/testing.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::cors {
namespace {

using portico::testing::Forwarded;
using portico::testing::Gateway;
using portico::testing::Reply;

constexpr std::string_view App = "https://app.example.com";
constexpr std::string_view Evil = "https://evil.example";

std::size_t count(const Reply& reply, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(
      reply.headers, name, [](const auto& field) -> std::string_view { return field.first; }));
}

bool speaks_of_cors(const Reply& reply) {
  return std::ranges::any_of(
      reply.headers, [](const auto& field) { return field.first.starts_with("Access-Control-"); });
}

class CorsTest : public ::testing::Test {
 protected:
  CorsTest() {
    gateway_.use("cors").upstream([this](const Forwarded&) {
      ++served_;
      return Response();
    });
  }

  void load(std::string_view settings) { gateway_.load<CorsPlugin>(settings); }

  Reply preflight(std::string_view origin, std::string_view method = "PUT",
                  std::string_view headers = "content-type") {
    return gateway_.request("OPTIONS", "/",
                            {{"Origin", origin},
                             {"Access-Control-Request-Method", method},
                             {"Access-Control-Request-Headers", headers}});
  }

  Gateway gateway_;
  int served_ = 0;
};

TEST_F(CorsTest, TellsAnAllowedOriginSo) {
  load("{origins: ['https://app.example.com'], credentials: true, expose: [X-Total, ETag]}");
  const Reply reply = gateway_.get("/", {{"Origin", App}});
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App);
  EXPECT_EQ(reply.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(reply.header("Access-Control-Expose-Headers"), "X-Total, ETag");
  EXPECT_EQ(reply.header("Vary"), "Origin");
  EXPECT_EQ(reply.header("Access-Control-Allow-Methods"), "");
  EXPECT_EQ(served_, 1);
}

TEST_F(CorsTest, ServesAnotherOriginAndTellsItNothing) {
  load("{origins: ['https://app.example.com'], credentials: true}");
  const Reply reply = gateway_.get("/", {{"Origin", Evil}});
  EXPECT_EQ(reply.status, Status::Ok);
  EXPECT_FALSE(speaks_of_cors(reply));
  EXPECT_EQ(reply.header("Vary"), "Origin");
  EXPECT_EQ(served_, 1);
}

// Else a cache would give a page of an allowed origin the answer that was made for no origin.
TEST_F(CorsTest, VariesByOriginAlsoWhereNoneWasSent) {
  load("{origins: ['https://app.example.com']}");
  gateway_.upstream([](const Forwarded&) {
    Response response;
    response.headers().set("Vary", "Accept-Encoding");
    return response;
  });
  EXPECT_EQ(gateway_.get("/").header("Vary"), "Accept-Encoding, Origin");
}

TEST_F(CorsTest, TellsEverybodyTheSameByAStar) {
  load("{origins: ['*']}");
  for (const Reply& reply : {gateway_.get("/"), gateway_.get("/", {{"Origin", Evil}})}) {
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(reply.header("Vary"), "");
  }
}

TEST_F(CorsTest, AnswersAPreflightBeforeWhatIsBehind) {
  load("{origins: ['https://*.example.com'], credentials: true, max_age: 1h, headers: [X-A, X-B]}");
  const Reply reply = preflight(App);
  EXPECT_EQ(reply.status, Status::NoContent);
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App);
  EXPECT_EQ(reply.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(reply.header("Access-Control-Allow-Methods"), "GET, HEAD, POST, PUT, PATCH, DELETE");
  EXPECT_EQ(reply.header("Access-Control-Allow-Headers"), "X-A, X-B");
  EXPECT_EQ(reply.header("Access-Control-Max-Age"), "3600");
  EXPECT_EQ(reply.header("Access-Control-Allow-Private-Network"), "");
  EXPECT_EQ(reply.header("Vary"), "Origin");
  EXPECT_EQ(served_, 0);
}

TEST_F(CorsTest, AnswersThePreflightOfAnotherOriginWithNothing) {
  load("{origins: ['https://app.example.com']}");
  const Reply reply = preflight(Evil);
  EXPECT_EQ(reply.status, Status::NoContent);
  EXPECT_FALSE(speaks_of_cors(reply));
  EXPECT_NE(reply.header("Vary").find("Origin"), std::string_view::npos);
  EXPECT_EQ(served_, 0);
}

TEST_F(CorsTest, RefusesThePreflightOfAnotherOriginWhereItShould) {
  load("{origins: ['https://app.example.com'], disallowed_preflight: refuse}");
  const Reply reply = preflight(Evil);
  EXPECT_EQ(reply.status, Status::Forbidden);
  EXPECT_NE(reply.body.find("\"code\":\"origin_not_allowed\""), std::string::npos);
  EXPECT_FALSE(speaks_of_cors(reply));
  EXPECT_EQ(reply.header("Vary"), "Origin");
  EXPECT_EQ(preflight(App).status, Status::NoContent);
}

TEST_F(CorsTest, GivesBackWhatWasAskedForWhereAnythingIs) {
  load("{origins: ['https://app.example.com'], credentials: true, methods: ['*']}");
  const Reply reply = preflight(App, "REPORT", "authorization,x-trace");
  EXPECT_EQ(reply.header("Access-Control-Allow-Methods"), "REPORT");
  EXPECT_EQ(reply.header("Access-Control-Allow-Headers"), "authorization, x-trace");
  EXPECT_EQ(reply.header("Vary"),
            "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
}

// What a stranger writes must not become what the gateway writes.
TEST_F(CorsTest, GivesBackTokensAlone) {
  load("{origins: ['https://app.example.com'], methods: ['*']}");
  const Reply reply = preflight(App, "GET, X: y", "x-a, b c, d:e, \"f\", x-g");
  EXPECT_EQ(count(reply, "Access-Control-Allow-Methods"), 0U);
  EXPECT_EQ(reply.header("Access-Control-Allow-Headers"), "x-a, x-g");
  EXPECT_EQ(count(preflight(App, std::string(65, 'A')), "Access-Control-Allow-Methods"), 0U);
  EXPECT_EQ(count(preflight(App, "GET", " , ;"), "Access-Control-Allow-Headers"), 0U);
}

TEST_F(CorsTest, GivesNoOriginBackThatIsNone) {
  load("{origins: ['https://*.example.com', 'https://app.example.com']}");
  for (const std::string_view origin :
       {"https://app.example.com\t", "https://a.example.com https://b.example.com",
        "https://a.example.com\\.evil.com", "javascript://a.example.com"}) {
    EXPECT_FALSE(speaks_of_cors(gateway_.get("/", {{"Origin", origin}}))) << origin;
    EXPECT_FALSE(speaks_of_cors(preflight(origin))) << origin;
  }
}

TEST_F(CorsTest, LetsThePublicNetworkInWhereItMay) {
  load("{origins: ['https://app.example.com'], private_network: true}");
  const auto ask = [this](std::string_view wish) {
    return gateway_.request("OPTIONS", "/",
                            {{"Origin", App},
                             {"Access-Control-Request-Method", "GET"},
                             {"Access-Control-Request-Private-Network", wish}});
  };
  EXPECT_EQ(ask("true").header("Access-Control-Allow-Private-Network"), "true");
  EXPECT_EQ(count(ask("false"), "Access-Control-Allow-Private-Network"), 0U);
  EXPECT_EQ(count(preflight(App), "Access-Control-Allow-Private-Network"), 0U);
}

TEST_F(CorsTest, LeavesOtherOptionsAlone) {
  load("{origins: ['https://app.example.com']}");
  const Reply reply = gateway_.request("OPTIONS", "/", {{"Origin", App}});
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App);
  EXPECT_EQ(count(reply, "Access-Control-Allow-Methods"), 0U);
}

TEST_F(CorsTest, ReplacesWhatTheUpstreamSaysOfCors) {
  load("{origins: ['https://app.example.com']}");
  gateway_.upstream([](const Forwarded&) {
    Response response;
    response.headers().add("access-control-allow-origin", "*");
    response.headers().add("Access-Control-Allow-Origin", "https://evil.example");
    response.headers().add("Access-Control-Allow-Credentials", "true");
    response.headers().add("Access-Control-Expose-Headers", "*");
    return response;
  });
  const Reply allowed = gateway_.get("/", {{"Origin", App}});
  EXPECT_EQ(allowed.headers.size(), 2U) << "Access-Control-Allow-Origin and Vary";
  EXPECT_EQ(allowed.header("Access-Control-Allow-Origin"), App);
  const Reply other = gateway_.get("/", {{"Origin", Evil}});
  EXPECT_EQ(other.headers.size(), 1U);
  EXPECT_EQ(other.header("Vary"), "Origin");
}

TEST_F(CorsTest, IsOnAnswersOfCore) {
  load("{origins: ['https://app.example.com']}");
  gateway_.route("{match: {path: /get, methods: [GET]}, respond: {body: a}}");
  const Reply reply = gateway_.request("DELETE", "/get", {{"Origin", App}});
  EXPECT_EQ(reply.status, Status::MethodNotAllowed);
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App);
  gateway_.upstream([](const Forwarded&) -> Response { throw std::runtime_error("away"); });
  const Reply lost = gateway_.get("/", {{"Origin", App}});
  EXPECT_EQ(lost.status, Status::BadGateway);
  EXPECT_EQ(lost.header("Access-Control-Allow-Origin"), App);
}

TEST_F(CorsTest, TakesTheSettingsOfTheInnermostPlace) {
  load("{origins: ['https://app.example.com'], credentials: true}");
  gateway_.route(
      "{match: {path: /open}, use: [{cors: {origins: ['*'], credentials: false}}], respond: {body: "
      "a}}");
  gateway_.route("{match: {path: /short}, use: [{cors: {max_age: 5s}}], respond: {body: a}}");
  EXPECT_EQ(gateway_.get("/open", {{"Origin", Evil}}).header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(gateway_.get("/short", {{"Origin", App}}).header("Access-Control-Allow-Origin"), App);
  EXPECT_EQ(gateway_.get("/short", {{"Origin", App}}).header("Vary"), "Origin");
}

TEST_F(CorsTest, KnowsTenThousandOrigins) {
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "https://o" + std::to_string(i) + ".example.com, ";
  load("{origins: [" + list + "]}");
  EXPECT_EQ(gateway_.get("/", {{"Origin", "https://o9999.example.com"}})
                .header("Access-Control-Allow-Origin"),
            "https://o9999.example.com");
  EXPECT_FALSE(speaks_of_cors(gateway_.get("/", {{"Origin", "https://o10000.example.com"}})));
}

}  // namespace
}  // namespace portico::cors
