// SPDX-License-Identifier: Apache-2.0
// What a hostile client tries with the body of its request.
#include "unit/server/harness.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using ServerBodyAttack = ServerTest;

TEST_F(ServerBodyAttack, SendsABodyTooSlowly) {
  options_.limits.idle_timeout = 60ms;
  start();
  Client client = connect();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 408) << answer;
  ASSERT_TRUE(eventually([this] { return journal_.outcomes().size() == 1; }));
}

TEST_F(ServerBodyAttack, SendsABodyThatIsTooLarge) {
  options_.limits.body_bytes = 1000;
  site_->handler(
      "/small", [](Request&) { return Response(); }, 1000);
  start();
  EXPECT_EQ(status_of(ask(post("/small", std::string(1001, 'x')))), 413);
  EXPECT_EQ(
      status_of(ask("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                    std::string(1001, 'x') + "\r\n0\r\n\r\n")),
      413);
  EXPECT_EQ(status_of(ask(post("/small", std::string(1000, 'x')))), 200);
  EXPECT_EQ(status_of(ask("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n"
                          "Expect: 100-continue\r\n\r\n")),
            413);
}

TEST_F(ServerBodyAttack, SendsABodyThatIsTooLargeForItsRoute) {
  options_.limits.body_bytes = 1000;
  const auto says_ok = [](Request&) { return Response(); };
  site_->handler("/less", says_ok);
  site_->limit_body("/less", 10);
  site_->handler("/more", says_ok);
  site_->limit_body("/more", 2000);
  start();
  EXPECT_EQ(status_of(ask(post("/less", std::string(11, 'x')))), 413);
  EXPECT_EQ(status_of(ask(post("/less", std::string(10, 'x')))), 200);
  EXPECT_EQ(status_of(ask(post("/more", std::string(2000, 'x')))), 200);
  EXPECT_EQ(status_of(ask(post("/more", std::string(2001, 'x')))), 413);
}

TEST_F(ServerBodyAttack, BreaksTheFramingOfItsBody) {
  start();
  EXPECT_EQ(status_of(ask(
                "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello")),
            400);
}

}  // namespace
}  // namespace portico::server
