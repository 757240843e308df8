// SPDX-License-Identifier: Apache-2.0
// The real program, asked by sockets.
#include "e2e/gateway.h"

#include <gtest/gtest.h>

namespace portico::e2e {
namespace {

constexpr std::string_view Routes = R"(
routes:
  - match: {path: /ping, methods: [GET]}
    respond: {status: 203, headers: {X-A: "1", X-Id: "{request.id}"}, body: "pong\n"}
  - match: {path: "/hello/{name}"}
    respond: "Hello, {path.name}, {query.mood}.\n"
  - match: {path: "/old/**"}
    redirect: {to: "https://www.example.com/{path.rest}", status: 308}
  - match: {path: "/near/**"}
    redirect: {to: "/{path.rest}", status: "302", query: drop}
  - match: {host: "*.example.com", path: "/host"}
    respond: "by host\n"
)";

TEST(Serving, AnswersWhatTheFileSays) {
  Gateway gateway(Routes);
  const HttpReply reply = gateway.get("/ping");
  EXPECT_EQ(reply.status, 203);
  EXPECT_EQ(reply.body, "pong\n");
  EXPECT_EQ(reply.header("X-A"), "1");
  EXPECT_EQ(reply.header("Content-Length"), "5");
  EXPECT_EQ(reply.header("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_NE(reply.header("X-Id"), "");
  EXPECT_NE(reply.header("Date"), "");
  EXPECT_EQ(gateway.get("/hello/you?mood=well%20rested").body, "Hello, you, well rested.\n");
  EXPECT_EQ(gateway.get("/host", "Host: a.example.com\r\n").body, "by host\n");
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(Serving, AnswersHeadWithoutABody) {
  Gateway gateway(Routes);
  const HttpReply reply = gateway.request("HEAD", "/ping");
  EXPECT_EQ(reply.status, 203);
  EXPECT_EQ(reply.header("Content-Length"), "5");
  EXPECT_EQ(reply.body, "");
}

TEST(Serving, RedirectsWithTheQuery) {
  Gateway gateway(Routes);
  const HttpReply reply = gateway.get("/old/a/b?c=d");
  EXPECT_EQ(reply.status, 308);
  EXPECT_EQ(reply.header("Location"), "https://www.example.com/a/b?c=d");
  EXPECT_EQ(gateway.get("/near/x?c=d").header("Location"), "/x");
}

TEST(Serving, NeverRedirectsToASiteOfTheClientsChoice) {
  Gateway gateway(Routes);
  for (const std::string_view target :
       {"/near//evil.com", "/near/%2Fevil.com", "/near/\\evil.com", "/near/%5Cevil.com"}) {
    const std::string location = gateway.get(target).header("Location");
    EXPECT_FALSE(location.starts_with("//")) << target << " led to " << location;
    EXPECT_FALSE(location.starts_with("/\\")) << target << " led to " << location;
  }
}

TEST(Serving, AnswersProblemsForWhatNoRouteServes) {
  Gateway gateway(Routes);
  const HttpReply missing = gateway.get("/nowhere");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
  EXPECT_NE(missing.body.find("\"code\":\"not_found\""), std::string::npos) << missing.body;
  const HttpReply refused = gateway.request("DELETE", "/ping");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("Allow"), "GET, HEAD");
}

TEST(Serving, AnswersOnItsAdminAddress) {
  Gateway gateway(Routes);
  EXPECT_EQ(e2e::get(gateway.admin_port(), "/health/live").status, 200);
  const HttpReply version = e2e::get(gateway.admin_port(), "/version");
  EXPECT_EQ(version.status, 200);
  EXPECT_NE(version.body.find("\"version\""), std::string::npos);
  EXPECT_EQ(e2e::get(gateway.admin_port(), "/version", "Host: evil.example\r\n").status, 403);
  EXPECT_EQ(e2e::get(gateway.admin_port(), "/ping").status, 404);
  EXPECT_EQ(gateway.get("/health/live").status, 404);
}

TEST(Serving, StopsOnSigint) {
  Gateway gateway(Routes);
  gateway.child().signal(2);
  EXPECT_EQ(gateway.child().wait(), 0);
}

TEST(Serving, ReloadsAFileAndRefusesABadOne) {
  Gateway gateway("routes: [{match: {path: /a}, respond: one}]\n");
  EXPECT_EQ(gateway.get("/a").body, "one");
  gateway.reload("routes: [{match: {path: /a}, respond: two}]\n");
  EXPECT_EQ(gateway.get("/a").body, "two");
  gateway.reload("routes: [{match: {path: /a}, respnod: three}]\n");
  EXPECT_EQ(gateway.get("/a").body, "two");
  EXPECT_NE(gateway.child().output().find("did you mean"), std::string::npos);
  EXPECT_NE(gateway.child().output().find("the reload was refused"), std::string::npos);
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(Serving, RefusesAReloadThatNeedsARestart) {
  Gateway gateway("routes: [{match: {path: /a}, respond: one}]\n");
  gateway.reload("workers: 7\nroutes: [{match: {path: /a}, respond: two}]\n");
  EXPECT_EQ(gateway.get("/a").body, "one");
  EXPECT_NE(gateway.child().output().find("restart Portico to change it"), std::string::npos);
}

TEST(Serving, ExitsUnavailableWhenAnAddressIsTaken) {
  Gateway first(Routes);
  const test::TemporaryFolder folder;
  const std::string file = folder.write(
      "portico.yaml",
      "listen: [{address: \"127.0.0.1:" + std::to_string(first.port()) +
          "\"}]\nadmin: {address: \"127.0.0.1:0\"}\nroutes: [{match: {path: /a}, respond: a}]\n");
  const Finished second = portico({"run", "-c", file}, folder);
  EXPECT_EQ(second.code, 69) << second.output;
  EXPECT_NE(second.output.find(std::to_string(first.port())), std::string::npos) << second.output;
}

TEST(Serving, RefusesWhatItCannotServe) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("portico.yaml", R"(
listen: [{address: "127.0.0.1:0", http2: cleartext}]
admin: {address: "127.0.0.1:0"}
routes: [{match: {path: /a}, respond: a}]
)");
  const Finished run = portico({"run", "-c", file}, folder);
  EXPECT_EQ(run.code, 78);
  EXPECT_NE(run.output.find("listen[0].http2: HTTP/2 cannot be served by this version"),
            std::string::npos)
      << run.output;
}

}  // namespace
}  // namespace portico::e2e
