// SPDX-License-Identifier: Apache-2.0
#include "unit/testing/sample.h"
#include <portico/testing.h>

#include <stdexcept>

#include <gtest/gtest.h>

namespace portico::testing {
namespace {

TEST(Gateway, RunsAPluginThroughTheRealChain) {
  Gateway gateway;
  gateway.load<Sample>("{limit: 2, per: 1m}").use("sample");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
  EXPECT_EQ(gateway.get("/").body, "upstream");
  const Reply refused = gateway.get("/");
  EXPECT_EQ(refused.status, Status::TooManyRequests);
  EXPECT_EQ(refused.header("content-type"), "application/problem+json");
  EXPECT_NE(refused.body.find("\"request_id\":\"test-3\""), std::string::npos);
  EXPECT_EQ(gateway.counter("sample_refused_total"), 1U);
  EXPECT_TRUE(gateway.logged("warning sample: refused one"));
  gateway.advance(1min);
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
}

TEST(Gateway, ShowsGaugesAndHistograms) {
  Gateway gateway;
  gateway.load<Sample>("{limit: 7}").use("sample");
  EXPECT_EQ(gateway.gauge("sample_limit"), 0);
  gateway.get("/");
  EXPECT_EQ(gateway.gauge("sample_limit"), 7);
  EXPECT_EQ(gateway.observed("sample_seen"), 1U);
}

TEST(Gateway, BringsEventsToWhoListens) {
  Gateway gateway;
  gateway.load<Sample>();
  gateway.start();
  gateway.publish("sample.asked");
  EXPECT_EQ(gateway.events(),
            (std::vector<std::string>{"sample.asked {}", R"(sample.answered {"by":"test"})"}));
}

TEST(Gateway, ShowsTheCertificateOfTheClient) {
  Gateway gateway;
  gateway.route(
      "{match: {path: /who}, respond: \"{client.certificate.subject} "
      "{client.certificate.names}\"}");
  EXPECT_EQ(gateway.get("/who").body, " ");
  gateway.client_certificate(
      Certificate{.subject = "CN=ann", .names = {"DNS:a.example", "IP:::1"}});
  EXPECT_EQ(gateway.get("/who").body, "CN=ann DNS:a.example, IP:::1");
  gateway.client_certificate();
  EXPECT_EQ(gateway.get("/who").body, " ");
}

TEST(Gateway, TakesSettingsAsAnObject) {
  Gateway gateway;
  gateway.load<Sample>(Sample::Config{.limit = 1}).use("sample");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
  EXPECT_EQ(gateway.get("/").status, Status::TooManyRequests);
}

TEST(Gateway, TakesSettingsOfAPlaceOfUse) {
  Gateway gateway;
  gateway.load<Sample>().use("sample: {limit: 1}\nmode: shadow");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
  EXPECT_EQ(gateway.counter("portico_shadowed_total"), 1U);
}

TEST(Gateway, TellsWhatIsWrongWithTheSettings) {
  Gateway gateway;
  gateway.load<Sample>("{limt: 2}").use("simple");
  EXPECT_NE(gateway.problems().find("limt"), std::string::npos);
  EXPECT_NE(gateway.problems().find("simple"), std::string::npos);
  EXPECT_THROW(gateway.get("/"), std::runtime_error);
}

TEST(Gateway, RefusesToBeChangedWhenItIsLoaded) {
  Gateway gateway;
  gateway.load<Sample>();
  EXPECT_EQ(gateway.problems(), "");
  EXPECT_THROW(gateway.use("sample"), std::logic_error);
}

TEST(Gateway, ReachesAPluginsRoutes) {
  Gateway gateway;
  gateway.load<Sample>().allow("secrets:read");
  const Reply sum = gateway.request("POST", "/sample/sums", {{"Content-Type", "application/json"}},
                                    R"({"left": 1, "right": 2})");
  EXPECT_EQ(sum.status, Status::Ok);
  EXPECT_NE(sum.body.find("\"left\":3"), std::string::npos);
  EXPECT_EQ(gateway.get("/sample/sums").status, Status::MethodNotAllowed);
  EXPECT_EQ(gateway.get("/sample/sums").header("Allow"), "POST");
}

TEST(Gateway, AnswersBodiesThatDoNotBind) {
  Gateway gateway;
  gateway.load<Sample>();
  const auto post = [&](std::string_view type, std::string_view body) {
    return gateway.request("POST", "/sample/sums", {{"Content-Type", type}}, body);
  };
  EXPECT_EQ(post("text/plain", "{}").status, Status::UnsupportedMediaType);
  EXPECT_EQ(post("application/json; charset=latin1", "{}").status, Status::UnsupportedMediaType);
  EXPECT_EQ(post("application/json", "{").status, Status::BadRequest);
  const Reply faulty = post("application/json", R"({"right": 101, "more": 1})");
  EXPECT_EQ(faulty.status, Status::UnprocessableContent);
  EXPECT_NE(faulty.body.find(R"("path":"/right")"), std::string::npos);
  EXPECT_NE(faulty.body.find(R"("path":"/more")"), std::string::npos);
  EXPECT_NE(faulty.body.find("left"), std::string::npos);
}

TEST(Gateway, AsksTheFakeForPermissions) {
  Gateway allowed;
  allowed.load<Sample>().allow("secrets:read");
  EXPECT_EQ(allowed.get("/sample/secrets/plan").body, "plan");
  Gateway denied;
  denied.load<Sample>().allow("other:read");
  EXPECT_EQ(denied.get("/sample/secrets/plan").status, Status::Forbidden);
}

TEST(Gateway, ForwardsToTheFakeUpstream) {
  Gateway gateway;
  Forwarded seen;
  gateway.load<Sample>().upstream([&](const Forwarded& forwarded) {
    seen = forwarded;
    Response answer(Status::Created);
    answer.headers().set("X-From", "upstream");
    answer.body("made", "text/plain");
    return answer;
  });
  const Reply reply =
      gateway.request("POST", "/a/../b?c=d", {{"Host", "Example.com"}, {"X-A", "1"}}, "body");
  EXPECT_EQ(reply.status, Status::Created);
  EXPECT_EQ(reply.header("X-From"), "upstream");
  EXPECT_EQ(reply.body, "made");
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/b");
  EXPECT_EQ(seen.query, "c=d");
  EXPECT_EQ(seen.header("x-a"), "1");
  EXPECT_EQ(seen.body, "body");
}

TEST(Gateway, AnswersForAnUpstreamThatFails) {
  Gateway gateway;
  gateway.load<Sample>().upstream(
      [](const Forwarded&) -> Response { throw std::runtime_error("down"); });
  EXPECT_EQ(gateway.get("/").status, Status::BadGateway);
}

TEST(Gateway, RunsStagesOfBothBodies) {
  Gateway gateway;
  std::string seen;
  gateway.load<Sample>().use("loud").upstream([&](const Forwarded& forwarded) {
    seen = forwarded.body;
    Response answer;
    answer.body("quiet", "text/plain");
    return answer;
  });
  EXPECT_EQ(gateway.request("POST", "/", {}, "hello").body, "QUIET!");
  EXPECT_EQ(seen, "HELLO!");
}

TEST(Gateway, ShowsACutConnection) {
  Gateway gateway;
  gateway.load<Sample>().use("broken");
  const Reply reply = gateway.get("/");
  EXPECT_TRUE(reply.cut);
  EXPECT_TRUE(gateway.logged("broken stage"));
}

TEST(Gateway, LetsARequestHaveTheTimeThatItWaitsFor) {
  Gateway gateway;
  gateway.load<Sample>().use("slow");
  EXPECT_EQ(gateway.get("/").status, Status::Ok);
}

TEST(Gateway, SaysThatARequestWaitsForNothing) {
  Gateway gateway;
  gateway.load<Sample>().use("stuck");
  EXPECT_THROW(gateway.get("/"), std::logic_error);
}

TEST(Gateway, HasNoWorkerWhenItsPoolIsFull) {
  Gateway gateway;
  gateway.load<Sample>().allow("secrets:read");
  gateway.workers(Gateway::Pool::Full);
  const Reply busy = gateway.get("/sample/secrets/plan");
  EXPECT_EQ(busy.status, Status::ServiceUnavailable);
  EXPECT_EQ(busy.header("Retry-After"), "1");
  gateway.workers(Gateway::Pool::Free);
  EXPECT_EQ(gateway.get("/sample/secrets/plan").status, Status::Ok);
}

TEST(Gateway, FillsInVariables) {
  Gateway gateway;
  gateway.load<Sample>()
      .use("test_user: ada")
      .route(
          "match: {path: \"/who/{name}\"}\n"
          "respond: {status: 200, body: \"{user.id} {path.name} {query.q} {client.address}\"}");
  gateway.client_address("192.0.2.9");
  EXPECT_EQ(gateway.get("/who/bob?q=a%20b").body, "ada bob a b 192.0.2.9");
}

TEST(Gateway, RefusesWhatNeverReachesAChain) {
  Gateway gateway;
  gateway.load<Sample>();
  EXPECT_THROW(gateway.get("/../.."), std::invalid_argument);
  EXPECT_THROW(gateway.get("/", {{"X", "a\nb"}}), std::invalid_argument);
  EXPECT_THROW(gateway.request("G T", "/"), std::invalid_argument);
}

TEST(Gateway, AnswersForARouteThatTakesTooLong) {
  Gateway gateway;
  gateway.load<Sample>()
      .route("{match: {path: /slow}, use: [slow], timeouts: {total: 1s}, respond: late}")
      .route("{match: {path: /stuck}, use: [stuck], timeouts: {total: 1s}, respond: never}")
      .route("{match: {path: /timely}, use: [slow], timeouts: {total: 1h}, respond: timely}")
      .route("{match: {path: /quick}, timeouts: {total: 1s}, respond: quick}");
  EXPECT_EQ(gateway.get("/slow").status, Status::GatewayTimeout);
  EXPECT_EQ(gateway.get("/stuck").status, Status::GatewayTimeout);
  EXPECT_EQ(gateway.get("/timely").body, "timely");
  EXPECT_EQ(gateway.get("/quick").body, "quick");
  gateway.advance(2h);  // Nothing of what has ended strikes later.
  EXPECT_EQ(gateway.get("/timely").body, "timely");
}

}  // namespace
}  // namespace portico::testing
