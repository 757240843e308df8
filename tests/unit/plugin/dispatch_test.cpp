// SPDX-License-Identifier: Apache-2.0
// What core answers beside routes: 405, OPTIONS, and preflights by the chain that they are about.
#include "plugin/dispatch.h"

#include <portico/sdk.h>
#include <portico/testing.h>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using testing::Gateway;
using testing::Reply;

/// `border` answers the preflights of one origin; the others say that they ran.
class Border final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"border", "1.0.0", "Answers preflights"};
  static inline int handled = 0;

  Border(const Config&, Host&) { handled = 0; }

  void setup(Registrar& r) override {
    r.middleware<NoSettings>("border", [](const NoSettings&) {
       return [](Request& q) {
         if (q.headers().get("Origin") != "https://good") return pass();
         Response answer(Status::NoContent);
         answer.headers().set("X-Border", q.param("id").value_or("none"));
         return reply(std::move(answer));
       };
     }).answers_preflight();
    r.middleware<NoSettings>("mark", [](const NoSettings&) {
      return [](Request&) {
        return pass([](Response& answer) { answer.headers().append("X-Mark", "ran"); });
      };
    });
    r.middleware<NoSettings>("login", [](const NoSettings&) {
      return [](Request&) { return reply(problem(Status::Unauthorized, "login", "Log in.")); };
    });
    r.route("POST", "/things", [](Request&) {
      ++handled;
      return Response();
    });
  }
};

class Dispatching : public ::testing::Test {
 public:
  Reply options(std::string_view path) { return gateway.request("OPTIONS", path); }
  Reply preflight(std::string_view path, std::string_view method,
                  std::string_view origin = "https://good") {
    return gateway.request("OPTIONS", path,
                           {{"Origin", origin}, {"Access-Control-Request-Method", method}});
  }
  /// "204 GET, HEAD, OPTIONS"
  static std::string text(const Reply& reply) {
    return std::to_string(static_cast<int>(reply.status)) + " " +
           std::string(reply.header("Allow"));
  }

  Gateway gateway;
};

TEST_F(Dispatching, AnswersAnotherMethodThroughTheGlobalChain) {
  gateway.load<Border>().use("mark").route("{match: {path: /a, methods: [GET]}, respond: a}");
  const Reply refused = gateway.request("PUT", "/a");
  EXPECT_EQ(text(refused), "405 GET, HEAD");
  EXPECT_EQ(refused.header("X-Mark"), "ran");
}

TEST_F(Dispatching, ServesHeadWhereGetIsServed) {
  gateway.route("{match: {path: /a, methods: [GET]}, respond: hello}");
  const Reply head = gateway.request("HEAD", "/a");
  EXPECT_EQ(head.status, Status::Ok);
  EXPECT_EQ(head.header("Content-Length"), "5");
  EXPECT_EQ(head.body, "");
}

TEST_F(Dispatching, AnswersOptionsThatNoRouteTakes) {
  gateway.load<Border>().use("mark").route("{match: {path: /a, methods: [GET, PUT]}, respond: a}");
  const Reply answer = options("/a");
  EXPECT_EQ(text(answer), "204 GET, HEAD, PUT, OPTIONS");
  EXPECT_EQ(answer.header("X-Mark"), "ran");
  EXPECT_EQ(text(options("/border/things")), "204 POST, OPTIONS");
}

TEST_F(Dispatching, LeavesOptionsToARouteThatTakesIt) {
  gateway.route("{match: {path: /a, methods: [OPTIONS]}, respond: own}")
      .route("{match: {path: /b}, respond: any}");
  EXPECT_EQ(options("/a").body, "own");
  EXPECT_EQ(options("/b").body, "any");
  EXPECT_EQ(preflight("/a", "GET").body, "own");
  EXPECT_EQ(preflight("/b", "GET").body, "any");
}

TEST_F(Dispatching, AnswersOptionsOfTheServer) {
  gateway.load<Border>().use("mark").route("{match: {path: /a, methods: [PURGE]}, respond: a}");
  const Reply answer = options("*");
  // The gateway of a test forwards every method of every other path.
  EXPECT_EQ(text(answer), "204 DELETE, GET, HEAD, OPTIONS, PATCH, POST, PURGE, PUT");
  EXPECT_EQ(answer.header("X-Mark"), "ran");
  EXPECT_THROW(gateway.get("*"), std::invalid_argument);
}

TEST_F(Dispatching, RunsTheChainThatAPreflightIsAbout) {
  gateway.load<Border>()
      .route("{match: {path: '/a/{id}', methods: [PUT]}, use: [mark, border, login], respond: a}")
      .route("{match: {path: '/a/{id}', methods: [GET]}, use: [login], respond: a}");
  const Reply put = preflight("/a/7", "PUT");
  EXPECT_EQ(put.status, Status::NoContent);
  EXPECT_EQ(put.header("X-Border"), "7");
  EXPECT_EQ(put.header("X-Mark"), "ran");
  // Nobody answers preflights for GET: core does, and the route's guard is not asked.
  EXPECT_EQ(text(preflight("/a/7", "GET")), "204 GET, HEAD, PUT, OPTIONS");
}

TEST_F(Dispatching, NeverRunsTheTerminalForAPreflight) {
  gateway.load<Border>().use("border");
  EXPECT_EQ(text(preflight("/border/things", "POST", "https://bad")), "204 POST, OPTIONS");
  EXPECT_EQ(preflight("/border/things", "POST").header("X-Border"), "none");
  EXPECT_EQ(Border::handled, 0);
  EXPECT_EQ(text(preflight("/else", "PUT", "https://bad")),
            "204 DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
  EXPECT_EQ(gateway.request("POST", "/border/things").status, Status::Ok);
  EXPECT_EQ(Border::handled, 1);
}

TEST_F(Dispatching, RunsWhatStandsBehindWhenAPreflightPasses) {
  gateway.load<Border>().route("{match: {path: /a}, use: [border, login], respond: a}");
  EXPECT_EQ(preflight("/a", "PUT").status, Status::NoContent);
  EXPECT_EQ(preflight("/a", "PUT", "https://bad").status, Status::Unauthorized);
}

TEST_F(Dispatching, PassesAPreflightOfNoRouteThroughTheGlobalChain) {
  gateway.load<Border>().use("border").route(
      "{match: {path: /a, methods: [GET]}, skip: [border], respond: a}");
  EXPECT_EQ(preflight("/a", "PUT").header("X-Border"), "none");
  EXPECT_EQ(text(preflight("/a", "PUT", "https://bad")), "204 GET, HEAD, OPTIONS");
  // What the route skips does not allow its requests from behind.
  EXPECT_EQ(text(preflight("/a", "GET")), "204 GET, HEAD, OPTIONS");
}

TEST_F(Dispatching, CountsAnAnswererOnlyWhereItsConditionHolds) {
  gateway.load<Border>().route(
      "{match: {path: /a}, use: [{border: {}, when: {headers: {X-B: '1'}}}], respond: own}");
  EXPECT_EQ(preflight("/a", "PUT").body, "own");
  const Reply held = gateway.request(
      "OPTIONS", "/a",
      {{"Origin", "https://good"}, {"Access-Control-Request-Method", "PUT"}, {"X-B", "1"}});
  EXPECT_EQ(held.header("X-Border"), "none");
}

TEST_F(Dispatching, CountsNoAnswererInShadow) {
  gateway.load<Border>().route(
      "{match: {path: /a}, use: [{border: {}, mode: shadow}], respond: own}");
  EXPECT_EQ(preflight("/a", "PUT").body, "own");
}

TEST_F(Dispatching, TakesHalfAPreflightForNone) {
  gateway.load<Border>().use("border").route("{match: {path: /a, methods: [GET]}, respond: a}");
  EXPECT_EQ(text(gateway.request("OPTIONS", "/a", {{"Origin", "https://bad"}})),
            "204 GET, HEAD, OPTIONS");
  EXPECT_EQ(text(gateway.request("OPTIONS", "/a", {{"Access-Control-Request-Method", "GET"}})),
            "204 GET, HEAD, OPTIONS");
  EXPECT_EQ(text(preflight("/a", "", "https://bad")), "204 GET, HEAD, OPTIONS");
}

}  // namespace
}  // namespace portico::plugin
