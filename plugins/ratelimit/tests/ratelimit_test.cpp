// SPDX-License-Identifier: Apache-2.0
// The plugin through the real chain: which requests pass, and what clients are told. Time begins at
// 22:13:20 UTC.
#include "ratelimit.h"

#include <portico/testing.h>

#include <chrono>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::ratelimit {
namespace {

using namespace std::chrono_literals;
using portico::testing::Forwarded;
using portico::testing::Gateway;
using portico::testing::Reply;

constexpr auto TooMany = Status::TooManyRequests;

/// A gateway where every request passes one limit.
class Limited : public Gateway {
 public:
  explicit Limited(std::string_view settings) { load<RateLimitPlugin>(settings).use("ratelimit"); }
};

Status status(Gateway& gateway, std::string_view target = "/",
              portico::testing::GivenFields headers = {}) {
  return gateway.get(target, headers).status;
}

TEST(RateLimit, RefusesWhatIsTooMuch) {
  Limited gateway("{limit: 2, per: 1m, algorithm: fixed}");
  EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), Status::Ok);
  const Reply refused = gateway.get("/");
  EXPECT_EQ(refused.status, TooMany);
  EXPECT_EQ(refused.header("Retry-After"), "40");
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_NE(refused.body.find("\"code\":\"rate_limited\""), std::string::npos);
  EXPECT_NE(refused.body.find("\"request_id\":\"test-3\""), std::string::npos);
  gateway.advance(40s);
  EXPECT_EQ(status(gateway), Status::Ok);
}

TEST(RateLimit, AnswersAsTheOperatorWishes) {
  Limited gateway("{limit: 1, status: 503, code: busy, message: Later., headers: none}");
  EXPECT_EQ(gateway.get("/").headers.size(), 1U);
  const Reply refused = gateway.get("/");
  EXPECT_EQ(refused.status, Status::ServiceUnavailable);
  EXPECT_EQ(refused.header("Retry-After"), "60");
  EXPECT_NE(refused.body.find("\"code\":\"busy\""), std::string::npos);
  EXPECT_NE(refused.body.find("\"detail\":\"Later.\""), std::string::npos);
  EXPECT_EQ(refused.header("RateLimit"), "");
}

TEST(RateLimit, TellsOfOneLimitInEveryForm) {
  const auto ask = [](std::string_view form) {
    Limited gateway("{limit: 2, per: 1m, algorithm: fixed, headers: " + std::string(form) + "}");
    return gateway.get("/");
  };
  Reply reply = ask("draft-8");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "\"2-in-1m\";q=2;w=60");
  EXPECT_EQ(reply.header("RateLimit"), "\"2-in-1m\";r=1;t=40");
  reply = ask("draft-7");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "2;w=60");
  EXPECT_EQ(reply.header("RateLimit"), "limit=2, remaining=1, reset=40");
  reply = ask("draft-6");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "2;w=60");
  EXPECT_EQ(reply.header("RateLimit-Limit"), "2");
  EXPECT_EQ(reply.header("RateLimit-Remaining"), "1");
  EXPECT_EQ(reply.header("RateLimit-Reset"), "40");
  reply = ask("legacy");
  EXPECT_EQ(reply.header("X-RateLimit-Limit"), "2");
  EXPECT_EQ(reply.header("X-RateLimit-Remaining"), "1");
  EXPECT_EQ(reply.header("X-RateLimit-Reset"), "1700000040");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "");
}

TEST(RateLimit, TellsOfSeveralLimits) {
  const std::string limits =
      "limits: [{limit: 3, per: 1s, algorithm: fixed}, {limit: 2, calendar: day, name: daily}, "
      "{limit: 5, algorithm: concurrency}]";
  Limited gateway("{" + limits + "}");
  Reply reply = gateway.get("/");
  EXPECT_EQ(reply.header("RateLimit-Policy"),
            "\"3-in-1s\";q=3;w=1, \"daily\";q=2;w=86400, "
            "\"5-at-once\";q=5;qu=\"concurrent-requests\"");
  EXPECT_EQ(reply.header("RateLimit"),
            "\"3-in-1s\";r=2;t=1, \"daily\";r=1;t=6400, \"5-at-once\";r=4");
  gateway.get("/");
  reply = gateway.get("/");
  EXPECT_EQ(reply.status, TooMany);
  EXPECT_EQ(reply.header("Retry-After"), "6400");
  EXPECT_EQ(reply.header("RateLimit"),
            "\"3-in-1s\";r=1;t=1, \"daily\";r=0;t=6400, \"5-at-once\";r=5");

  Limited older("{headers: draft-6, " + limits + "}");
  reply = older.get("/");
  EXPECT_EQ(reply.header("RateLimit-Limit"), "2");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "3;w=1, 2;w=86400, 5");
}

TEST(RateLimit, TakesFromNoLimitWhatOneOfThemRefuses) {
  Limited gateway(
      "{limits: [{limit: 10, per: 1h, algorithm: fixed}, {limit: 1, per: 1s, algorithm: fixed}]}");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(status(gateway), Status::Ok) << i;
    EXPECT_EQ(status(gateway), TooMany) << i;
    gateway.advance(1s);
  }
  EXPECT_EQ(status(gateway), TooMany);
}

TEST(RateLimit, SaysTheLongestWaitOfAllThatRefuse) {
  Limited gateway(
      "{limits: [{limit: 1, per: 1s, algorithm: fixed}, {limit: 1, per: 1m, algorithm: fixed}]}");
  gateway.get("/");
  EXPECT_EQ(gateway.get("/").header("Retry-After"), "40");
}

TEST(RateLimit, NamesNoEarlierTimeInOneFieldThanInTheOther) {
  Limited gateway("{limit: 10, per: 10s}");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(status(gateway), Status::Ok);
  const Reply refused = gateway.get("/");
  EXPECT_EQ(refused.header("Retry-After"), "1");
  EXPECT_EQ(refused.header("RateLimit"), "\"10-in-10s\";r=0;t=1");
  gateway.advance(1s);
  EXPECT_EQ(gateway.get("/").header("RateLimit"), "\"10-in-10s\";r=0;t=10");
}

TEST(RateLimit, LetsABurstThroughAndThenSpreads) {
  Limited gateway("{limit: 1, per: 1s, burst: 5}");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), TooMany);
  gateway.advance(2s);
  EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), TooMany);
}

TEST(RateLimit, ChargesWhatARequestCosts) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{groups: {all: {limit: 10, per: 1h}}}");
  gateway.route(
      "{match: {path: /dear}, use: [{ratelimit: {group: all, cost: 4}}], test_upstream: {}}");
  gateway.use("ratelimit: {group: all}");
  EXPECT_EQ(gateway.get("/dear").header("RateLimit"),
            "\"10-in-1h\";r=5;t=1800, \"10-in-1h\";r=9;t=360");
  EXPECT_EQ(status(gateway, "/dear"), Status::Ok);
  EXPECT_EQ(status(gateway, "/dear"), TooMany);
}

TEST(RateLimit, AddsToWhatAnUpstreamSaysOfItsLimits) {
  Limited gateway("{limit: 2, algorithm: fixed}");
  gateway.upstream([](const Forwarded&) {
    Response response;
    response.headers().set("RateLimit-Policy", "\"app\";q=9");
    response.headers().set("RateLimit", "\"app\";r=8");
    return response;
  });
  const Reply reply = gateway.get("/");
  EXPECT_EQ(reply.header("RateLimit-Policy"), "\"app\";q=9, \"2-in-1m\";q=2;w=60");
  EXPECT_EQ(reply.header("RateLimit"), "\"app\";r=8, \"2-in-1m\";r=1;t=40");
}

TEST(RateLimit, CountsWhatNoRouteServes) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1}").use("ratelimit");
  gateway.route("{match: {path: /a, methods: [GET]}, respond: a}");
  EXPECT_EQ(gateway.request("PUT", "/a").status, Status::MethodNotAllowed);
  EXPECT_EQ(status(gateway, "/a"), TooMany);
}

TEST(RateLimit, KeepsPlacesApartAndGroupsTogether) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{groups: {logins: {limit: 1}}}");
  const std::string own = "use: [{ratelimit: {limit: 1}}], test_upstream: {}}";
  const std::string shared = "use: [{ratelimit: {group: logins}}], test_upstream: {}}";
  gateway.route("{match: {path: /a}, " + own).route("{match: {path: /b}, " + own);
  gateway.route("{match: {path: /c}, " + shared).route("{match: {path: /d}, " + shared);
  EXPECT_EQ(status(gateway, "/a"), Status::Ok);
  EXPECT_EQ(status(gateway, "/b"), Status::Ok);
  EXPECT_EQ(status(gateway, "/a"), TooMany);
  EXPECT_EQ(status(gateway, "/c"), Status::Ok);
  EXPECT_EQ(status(gateway, "/d"), TooMany);
}

TEST(RateLimit, SharesABucketAmongTheRoutesInside) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>();
  gateway.route(
      "{match: {path: \"/api/**\"}, use: [{ratelimit: {limit: 1}}], routes: ["
      "{match: {path: /api/a}, test_upstream: {}}, {match: {path: /api/b}, test_upstream: {}}]}");
  EXPECT_EQ(status(gateway, "/api/a"), Status::Ok);
  EXPECT_EQ(status(gateway, "/api/b"), TooMany);
}

TEST(RateLimit, PassesInShadowModeWhatItWouldRefuse) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>().use("ratelimit: {limit: 1}\nmode: shadow");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(gateway.counter("ratelimit_refused_total"), 4U);
}

TEST(RateLimit, CountsForMetrics) {
  Limited gateway("{limit: 2, algorithm: fixed}");
  for (int i = 0; i < 5; ++i) gateway.get("/");
  EXPECT_EQ(gateway.counter("ratelimit_allowed_total"), 2U);
  EXPECT_EQ(gateway.counter("ratelimit_refused_total"), 3U);
  gateway.advance(10s);
  EXPECT_EQ(gateway.gauge("ratelimit_keys"), 1);
}

TEST(RateLimit, GivesBackWhatSucceeds) {
  Limited gateway("{limit: 2, per: 1h, skip_successful: true}");
  int code = 200;
  gateway.upstream([&code](const Forwarded&) { return Response(static_cast<Status>(code)); });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(gateway), Status::Ok);
  code = 401;
  EXPECT_EQ(status(gateway), Status::Unauthorized);
  EXPECT_EQ(status(gateway), Status::Unauthorized);
  EXPECT_EQ(status(gateway), TooMany);
}

TEST(RateLimit, GivesBackWhatFails) {
  Limited gateway("{limit: 2, per: 1h, algorithm: sliding, skip_failed: true}");
  int code = 500;
  gateway.upstream([&code](const Forwarded&) { return Response(static_cast<Status>(code)); });
  for (int i = 0; i < 5; ++i) EXPECT_EQ(status(gateway), Status::InternalServerError);
  code = 200;
  EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), Status::Ok);
  EXPECT_EQ(status(gateway), TooMany);
}

/// Its terminal `forever` never answers: the test's client then leaves.
class Forever final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"forever", "1.0.0", "Never answers"};
  Forever(const Config&, Host&) {}
  void setup(Registrar& r) override {
    r.terminal<NoSettings>("forever", [](const NoSettings&) {
      return [](Request&) {
        return await(Operation<int>([](Resume<int>) { return Step<void()>([] {}); }),
                     [](Request&, int) { return reply(Response()); });
      };
    });
  }
};

TEST(RateLimit, LeaksNoSlotWhenAClientLeavesEarly) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>("{limit: 1, algorithm: concurrency}").load<Forever>();
  gateway.use("ratelimit").route("{match: {path: /}, forever: {}}");
  for (int i = 0; i < 10; ++i) EXPECT_THROW(gateway.get("/"), std::logic_error) << i;
  EXPECT_EQ(status(gateway, "/other"), Status::Ok);
  EXPECT_EQ(gateway.counter("ratelimit_refused_total"), 0U);
}

TEST(RateLimit, IsRefusedWithoutAnyLimit) {
  Gateway gateway;
  gateway.load<RateLimitPlugin>().use("ratelimit");
  EXPECT_NE(gateway.problems().find("there is no limit"), std::string::npos) << gateway.problems();
  Gateway other;
  other.load<RateLimitPlugin>("{groups: {logins: {limit: 1}}}").use("ratelimit: {group: login}");
  EXPECT_NE(other.problems().find("there is no group \"login\"; there are logins"),
            std::string::npos)
      << other.problems();
  Gateway dear;
  dear.load<RateLimitPlugin>().use("ratelimit: {limit: 5, cost: 6}");
  EXPECT_NE(dear.problems().find("`cost` is more than"), std::string::npos) << dear.problems();
}

}  // namespace
}  // namespace portico::ratelimit
