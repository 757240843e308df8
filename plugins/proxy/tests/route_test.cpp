// SPDX-License-Identifier: Apache-2.0
// Requests through the real chain to a fake upstream.
#include "route_fixture.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

using portico::testing::Forwarded;
using portico::testing::Reply;
using test::RouteTest;

TEST_F(RouteTest, ForwardsToANamedUpstream) {
  EXPECT_EQ(with("app").get("/a/b?c=d").status, Status::Ok);
  EXPECT_EQ(seen_.upstream, "app");
  EXPECT_EQ(seen_.path, "/a/b");
  EXPECT_EQ(seen_.query, "c=d");
}

TEST_F(RouteTest, ForwardsToAnAddress) {
  with("\"http://127.0.0.1:5000/\"").get("/");
  EXPECT_EQ(seen_.upstream, "http://127.0.0.1:5000");
}

TEST_F(RouteTest, PassesTheRequestOn) {
  with("app").request("POST", "/", {{"Content-Type", "text/plain"}, {"Host", "www.example.com"}},
                      "hello");
  EXPECT_EQ(seen_.method, "POST");
  EXPECT_EQ(seen_.body, "hello");
  EXPECT_EQ(seen_.header("Content-Type"), "text/plain");
  EXPECT_EQ(seen_.host, "www.example.com");
}

TEST_F(RouteTest, SaysWhichUpstreamWasMeant) {
  EXPECT_NE(problems("ap").find("there is no upstream \"ap\"; did you mean \"app\"?"),
            std::string::npos);
}

TEST_F(RouteTest, SaysWhatIsMissing) {
  EXPECT_NE(problems("payments")
                .find("there is no upstream \"payments\"; add it to "
                      "`plugins.proxy.upstreams`, or write http://HOST:PORT"),
            std::string::npos);
}

TEST_F(RouteTest, RefusesAnAddressThatIsNone) {
  EXPECT_NE(problems("\"127.0.0.1:5000\"")
                .find("routes[0].proxy: has no scheme; write http://127.0.0.1:5000"),
            std::string::npos);
}

TEST_F(RouteTest, StripsAndAddsPrefixes) {
  with("{upstream: app, strip_prefix: /api/v1/, add_prefix: /v2}").get("/api/v1/users%2cx/7");
  EXPECT_EQ(seen_.path, "/v2/users%2Cx/7");
  gateway_.get("/api/v1");
  EXPECT_EQ(seen_.path, "/v2/");
  gateway_.get("/api/v11");
  EXPECT_EQ(seen_.path, "/v2/api/v11");
}

TEST_F(RouteTest, RewritesByARegularExpression) {
  with("{upstream: app, rewrite: {from: \"/users/([0-9]+)(/.*)?\", to: \"/people/{1}{2}\"}}")
      .get("/users/7/mail");
  EXPECT_EQ(seen_.path, "/people/7/mail");
  gateway_.get("/users/7");
  EXPECT_EQ(seen_.path, "/people/7");
  gateway_.get("/users/ann");
  EXPECT_EQ(seen_.path, "/users/ann");
}

TEST_F(RouteTest, RefusesARewriteThatLeadsUpwards) {
  with("{upstream: app, rewrite: {from: \"/(.*)-x(.*)\", to: \"/a/{1}{2}\"}}");
  EXPECT_EQ(gateway_.get("/..-x").status, Status::BadRequest);
}

TEST_F(RouteTest, MakesAPathOfATemplate) {
  with("{upstream: app, path: \"/find/{query.q}\"}").get("/?q=a%20b");
  EXPECT_EQ(seen_.path, "/find/a%20b");
}

TEST_F(RouteTest, LetsNoVariableLeadOutOfItsPath) {
  with("{upstream: app, path: \"/find/{query.q}\"}");
  for (const char* evil : {"/?q=..", "/?q=a/../b", "/?q=%2e%2e", "/?q=%252e%252e%252fadmin",
                           "/?q=a%252fb", "/?q=..;x"}) {
    EXPECT_EQ(gateway_.get(evil).status, Status::BadRequest) << evil;
  }
  EXPECT_EQ(gateway_.get("/?q=a?b%23c").status, Status::Ok);
  EXPECT_EQ(seen_.path, "/find/a%3Fb%23c");
}

TEST_F(RouteTest, LeavesTheAsteriskOfOptions) {
  with("{upstream: app, add_prefix: /x}").request("OPTIONS", "/a");
  EXPECT_EQ(seen_.path, "/x/a");
}

TEST_F(RouteTest, EditsTheQuery) {
  with(
      "{upstream: app, query: {remove: [debug], set: {page: \"1\"}, add: {who: "
      "\"{client.address}\"}}}")
      .get("/?%64ebug=1&page=7&who=me&a=%20b&page=8");
  EXPECT_EQ(seen_.query, "who=me&a=%20b&page=1&who=192.0.2.1");
}

TEST_F(RouteTest, EditsTheFields) {
  with(
      "{upstream: app, headers: {remove: [Authorization], set: {X-A: one, X-Who: "
      "\"{client.address}\"}, add: {X-B: two}}}")
      .get("/", {{"Authorization", "x"}, {"X-A", "0"}, {"X-B", "1"}, {"X-Who", "me"}});
  EXPECT_EQ(seen_.header("Authorization"), "");
  EXPECT_EQ(seen_.header("X-A"), "one");
  EXPECT_EQ(seen_.header("X-B"), "1");
  EXPECT_EQ(seen_.header("X-Who"), "192.0.2.1");
}

TEST_F(RouteTest, LeavesAFieldOutThatWouldSplitTheMessage) {
  with("{upstream: app, headers: {set: {X-Q: \"{query.q}\"}, add: {X-R: \"{query.q}\"}}}")
      .get("/?q=a%0d%0aX-Admin:%201", {{"X-Q", "forged"}});
  EXPECT_EQ(seen_.header("X-Q"), "");
  EXPECT_EQ(seen_.header("X-R"), "");
  EXPECT_EQ(seen_.header("X-Admin"), "");
}

TEST_F(RouteTest, TellsTheHostOfTheTarget) {
  with("{upstream: app, host: upstream}").get("/", {{"Host", "www.example.com"}});
  EXPECT_EQ(seen_.host, "");
}

TEST_F(RouteTest, TellsAHostOfItsOwn) {
  with("{upstream: app, host: \"api.internal:8080\"}").get("/", {{"Host", "www.example.com"}});
  EXPECT_EQ(seen_.host, "api.internal:8080");
}

TEST_F(RouteTest, RefusesAHostThatTheClientMade) {
  with("{upstream: app, host: \"{query.tenant}.internal\"}");
  gateway_.get("/?tenant=a");
  EXPECT_EQ(seen_.host, "a.internal");
  EXPECT_EQ(gateway_.get("/?tenant=a%2fb").status, Status::BadRequest);
}

TEST_F(RouteTest, MapsStatuses) {
  status_ = Status::NotFound;
  EXPECT_EQ(with("{upstream: app, response: {status: {\"404\": 410}}}").get("/").status,
            Status::Gone);
}

TEST_F(RouteTest, EditsTheAnswer) {
  fields_ = {{"Server", "app"}, {"X-A", "1"}};
  const Reply reply = with(
                          "{upstream: app, response: {headers: {remove: [Server], set: {X-A: "
                          "\"{request.id}\"}, add: {X-B: b}}}}")
                          .get("/");
  EXPECT_EQ(reply.header("Server"), "");
  EXPECT_EQ(reply.header("X-A"), "test-1");
  EXPECT_EQ(reply.header("X-B"), "b");
}

TEST_F(RouteTest, LeadsLocationsBack) {
  fields_ = {{"Location", "http://127.0.0.1:4001/login"},
             {"Content-Location", "http://127.0.0.1:4000/a"},
             {"Refresh", "5; url=http://127.0.0.1:4000/b"}};
  const Reply reply = with("app").get("/", {{"Host", "www.example.com"}});
  EXPECT_EQ(reply.header("Location"), "http://www.example.com/login");
  EXPECT_EQ(reply.header("Content-Location"), "http://www.example.com/a");
  EXPECT_EQ(reply.header("Refresh"), "5; url=http://www.example.com/b");
}

TEST_F(RouteTest, LeavesLocationsWhenItIsToldTo) {
  fields_ = {{"Location", "http://127.0.0.1:4001/login"}};
  EXPECT_EQ(with("{upstream: app, response: {locations: false}}").get("/").header("Location"),
            "http://127.0.0.1:4001/login");
}

TEST_F(RouteTest, EditsCookiesInTheirOrder) {
  fields_ = {{"Set-Cookie", "a=1; Domain=app"}, {"X-A", "x"}, {"Set-Cookie", "b=2"}};
  const Reply reply =
      with("{upstream: app, response: {cookies: {domain: remove, secure: true}}}").get("/");
  std::string cookies;
  for (const auto& [name, value] : reply.headers) {
    if (name == "Set-Cookie") cookies += value + "|";
  }
  EXPECT_EQ(cookies, "a=1; Secure|b=2; Secure|");
}

TEST_F(RouteTest, AnswersForAnUpstreamThatIsNotThere) {
  with("app");
  gateway_.upstream([](const Forwarded&) -> Response { throw std::runtime_error("gone"); });
  EXPECT_EQ(gateway_.get("/").status, Status::BadGateway);
}

}  // namespace
}  // namespace portico::proxy
