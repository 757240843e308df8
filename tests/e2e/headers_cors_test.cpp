// SPDX-License-Identifier: Apache-2.0
// The plugins `headers` and `cors` in the real program: on every answer, whoever gives it.
#include "e2e/gateway.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::e2e {
namespace {

constexpr std::string_view File = R"(
limits: {body_bytes: 10, header_bytes: 4KiB, header_timeout: 300ms}
plugins:
  hello: {}
  headers: {}
  cors: {origins: ["https://app.example.com"], credentials: true}
use: [headers, cors]
routes:
  - match: {path: /ping, methods: [GET, PUT]}
    respond: "pong\n"
)";
constexpr std::string_view App = "https://app.example.com";

std::string origin(std::string_view value) { return "Origin: " + std::string(value) + "\r\n"; }

std::size_t count(const HttpReply& reply, const std::string& name) {
  std::size_t lines = 0;
  for (std::size_t at = 0; (at = reply.head.find("\r\n" + name + ":", at)) != std::string::npos;) {
    ++lines;
    ++at;
  }
  return lines;
}

/// That both plugins have spoken, once, and for the origin.
void expect_both(const HttpReply& reply, int status) {
  EXPECT_EQ(reply.status, status) << reply.head;
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff") << reply.head;
  EXPECT_EQ(reply.header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
  EXPECT_EQ(count(reply, "Content-Security-Policy"), 1U) << reply.head;
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App) << reply.head;
  EXPECT_EQ(reply.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(count(reply, "Vary"), 1U);
}

TEST(HeadersAndCors, AreOnWhatARouteAnswers) {
  Gateway gateway(File);
  expect_both(gateway.get("/ping", origin(App)), 200);
  const HttpReply other = gateway.get("/ping", origin("https://evil.example"));
  EXPECT_EQ(other.status, 200);
  EXPECT_EQ(other.head.find("Access-Control-"), std::string::npos) << other.head;
  EXPECT_EQ(other.header("Vary"), "Origin");
  EXPECT_EQ(other.header("X-Frame-Options"), "SAMEORIGIN");
}

TEST(HeadersAndCors, AreOnWhatCoreAnswers) {
  Gateway gateway(File);
  expect_both(gateway.get("/nowhere", origin(App)), 404);
  expect_both(gateway.request("DELETE", "/ping", origin(App)), 405);
  const std::string json = origin(App) + "Content-Type: application/json\r\n";
  expect_both(gateway.request("POST", "/hello/greetings", json, std::string(5000, ' ')), 413);
  expect_both(gateway.request("POST", "/hello/greetings", json, "{}"), 422);
}

TEST(HeadersAndCors, AreOnWhatNoChainAnswers) {
  Gateway gateway(File);
  const auto raw = [&gateway](const std::string& bytes) {
    return parse_reply(exchange(gateway.port(), bytes));
  };
  const std::string head = "GET /ping HTTP/1.1\r\n" + origin(App);
  expect_both(raw(head + "Host: a\r\nHost: b\r\n\r\n"), 400);
  expect_both(raw(head + "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
              400);
  expect_both(raw(head + "Host: a\r\nX-Long: " + std::string(8000, 'a') + "\r\n\r\n"), 431);
  expect_both(raw(head + "Host: a\r\n"), 408);
  const HttpReply garbage = raw("\x01\x02\x03 / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(garbage.status, 400);
  EXPECT_EQ(garbage.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(garbage.head.find("Access-Control-"), std::string::npos);
}

TEST(HeadersAndCors, AnswerAPreflightOfTheRouteThatItAsksFor) {
  Gateway gateway(File);
  const HttpReply reply =
      gateway.request("OPTIONS", "/ping",
                      origin(App) +
                          "Access-Control-Request-Method: PUT\r\n"
                          "Access-Control-Request-Headers: content-type,a b\r\n");
  EXPECT_EQ(reply.status, 204) << reply.head;
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), App);
  EXPECT_EQ(reply.header("Access-Control-Allow-Headers"), "content-type");
  EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
}

TEST(HeadersAndCors, NeverRepeatAHeaderThatSplits) {
  Gateway gateway(File);
  const std::string bytes =
      exchange(gateway.port(), "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\nOrigin: " +
                                   std::string(App) + "\rSet-Cookie: stolen=1\r\n\r\n");
  EXPECT_EQ(bytes.find("stolen"), std::string::npos) << bytes;
}

}  // namespace
}  // namespace portico::e2e
