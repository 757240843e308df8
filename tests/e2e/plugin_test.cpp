// SPDX-License-Identifier: Apache-2.0
// Plugins as files in the real program: the one that shows how it is done, and the one that throws
// an int wherever it can. Every request is answered whatever a plugin throws.
#include "e2e/gateway.h"

#include <gtest/gtest.h>

namespace portico::e2e {
namespace {

std::string throwing(std::string_view where) {
  return "plugins:\n  throws: {where: " + std::string(where) + R"(}
use: [throws]
routes:
  - match: {path: /ping}
    respond: "pong\n"
)";
}

TEST(HelloPlugin, AddsItsHeaderAndServesItsRoutes) {
  Gateway gateway(R"(
plugins:
  hello: {greeting: Ahoy, header: X-Seen}
use:
  - hello: "by {request.method}"
routes:
  - match: {path: /ping}
    respond: "pong\n"
)");
  EXPECT_EQ(gateway.get("/ping").header("X-Seen"), "by GET");
  EXPECT_EQ(gateway.get("/nowhere").header("X-Seen"), "by GET");
  const HttpReply greeting = gateway.get("/hello/Ada");
  EXPECT_EQ(greeting.status, 200);
  EXPECT_EQ(greeting.body, R"({"to":"Ada","text":"Ahoy, Ada!"})");
  const HttpReply letter = gateway.request("POST", "/hello/greetings",
                                           "Content-Type: application/json\r\n", R"({"to":"Eva"})");
  EXPECT_EQ(letter.status, 201);
  EXPECT_EQ(letter.body, R"({"to":"Eva","text":"Ahoy, Eva!"})");
  const HttpReply faulty = gateway.request("POST", "/hello/greetings",
                                           "Content-Type: application/json\r\n", R"({"to":""})");
  EXPECT_EQ(faulty.status, 422);
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(HelloPlugin, AnswersItsCommandOnTheTerminal) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("portico.yaml", "plugins: {hello: {greeting: Ahoy}}\n");
  const Finished greeted = portico({"hello", "Ada", "-c", file}, folder);
  EXPECT_EQ(greeted.code, 0);
  EXPECT_EQ(greeted.output, "Ahoy, Ada!\n");
  EXPECT_EQ(portico({"hello", "-c", file}, folder).code, 64);
}

TEST(HelloPlugin, TakesNewSettingsByAReload) {
  Gateway gateway("plugins: {hello: {greeting: Ahoy}}\n");
  EXPECT_EQ(gateway.get("/hello/Ada").body, R"({"to":"Ada","text":"Ahoy, Ada!"})");
  gateway.reload("plugins: {hello: {greeting: Moin}}\n");
  EXPECT_EQ(gateway.get("/hello/Ada").body, R"({"to":"Ada","text":"Moin, Ada!"})");
  EXPECT_EQ(gateway.stop(), 0);
}

class ThrowingRule : public testing::TestWithParam<const char*> {};

TEST_P(ThrowingRule, IsAnswered500AndTheGatewayLives) {
  Gateway gateway(throwing(GetParam()));
  EXPECT_EQ(gateway.get("/ping").status, 500);
  EXPECT_EQ(gateway.get("/ping").status, 500);
  gateway.child().wait_for("throws");
  EXPECT_EQ(gateway.stop(), 0);
}
INSTANTIATE_TEST_SUITE_P(Everywhere, ThrowingRule,
                         testing::Values("middleware", "after", "deferred", "then", "operation"));

class ThrowingInVain : public testing::TestWithParam<const char*> {};

TEST_P(ThrowingInVain, ChangesNoAnswer) {
  Gateway gateway(throwing(GetParam()));
  EXPECT_EQ(gateway.get("/ping").body, "pong\n");
  EXPECT_EQ(gateway.get("/throws").status, 204);
  EXPECT_EQ(gateway.get("/ping").status, 200);
  EXPECT_EQ(gateway.stop(), 0);
}
INSTANTIATE_TEST_SUITE_P(Everywhere, ThrowingInVain,
                         testing::Values("nowhere", "finally", "tick", "retire", "stop"));

TEST(ThrowingStage, NeverLetsAnAnswerEndAsIfItWereWhole) {
  Gateway gateway(throwing("response_stage"));
  const std::string bytes =
      exchange(gateway.port(), "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(bytes.find("pong"), std::string::npos) << bytes;
  EXPECT_EQ(bytes.find("\r\n0\r\n\r\n"), std::string::npos) << bytes;
  gateway.child().wait_for("throws");
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(ThrowingHandler, IsAnswered500) {
  Gateway gateway(throwing("route"));
  EXPECT_EQ(gateway.get("/throws").status, 500);
  EXPECT_EQ(gateway.get("/ping").status, 200);
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(HelloPlugin, AddsItsHeaderToAnswersThatNoChainGave) {
  Gateway gateway("plugins: {hello: {header: X-Seen}}\nuse: [hello]\n");
  const std::string answer = exchange(gateway.port(), "GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400")) << answer;
  EXPECT_NE(answer.find("X-Seen: early"), std::string::npos) << answer;
}

TEST(ThrowingEarly, IsAnsweredAllTheSame) {
  Gateway gateway(throwing("early"));
  EXPECT_EQ(exchange(gateway.port(), "GET /ping HTTP/1.1\r\n\r\n").find("HTTP/1.1 400"), 0U);
  gateway.child().wait_for("\"component\":\"throws\"");
  EXPECT_EQ(gateway.get("/ping").status, 200);
}

TEST(ThrowingCommand, EndsWithAWord) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("portico.yaml", throwing("command"));
  const Finished finished = portico({"throws", "-c", file}, folder);
  EXPECT_EQ(finished.code, 70);
  EXPECT_NE(finished.output.find("threw a value of type int"), std::string::npos)
      << finished.output;
}

TEST(ThrowingOnTheWayUp, IsARefusalWithTheRightExitCode) {
  const test::TemporaryFolder folder;
  const auto run = [&](std::string_view where) {
    return portico({"run", "-c", folder.write("portico.yaml", on_free_ports(throwing(where)))},
                   folder);
  };
  for (const char* where : {"constructor", "setup", "make"}) {
    const Finished finished = run(where);
    EXPECT_EQ(finished.code, 78) << where << finished.output;
    EXPECT_NE(finished.output.find("threw a value of type int"), std::string::npos)
        << finished.output;
  }
  const Finished started = run("start");
  EXPECT_EQ(started.code, 69) << started.output;
  EXPECT_NE(started.output.find("plugins.throws: `start` failed: threw a value of type int"),
            std::string::npos)
      << started.output;
}

TEST(NeedyPlugin, CountsByAnotherAcrossReloads) {
  constexpr std::string_view File = "plugins: {needs: {}, gives: {}}\n";
  Gateway gateway(File);
  // Its own start counted once.
  EXPECT_EQ(gateway.get("/needs").body, "2");
  gateway.reload(File);
  EXPECT_EQ(gateway.get("/needs").body, "4");
  EXPECT_EQ(gateway.stop(), 0);
}

TEST(NeedyPlugin, DoesNotStartAlone) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("portico.yaml", "plugins: {needs: {}}\n");
  const Finished finished = portico({"check", "-c", file}, folder);
  EXPECT_EQ(finished.code, 78);
  EXPECT_NE(finished.output.find("plugins.needs: needs the service tally/1"), std::string::npos)
      << finished.output;
}

}  // namespace
}  // namespace portico::e2e
