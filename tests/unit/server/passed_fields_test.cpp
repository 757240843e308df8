// SPDX-License-Identifier: Apache-2.0
// What middlewares leave of a request's fields is what upstreams get, in copies and before tunnels
// too: a token that was taken away reaches nobody.
#include "unit/server/forwarding.h"

#include <memory>
#include <string>
#include <string_view>

namespace portico::server {
namespace {

class PassedFields : public UpstreamForwarding {
 protected:
  PassedFields() {
    next_how_.name = "next";
    next_ = std::make_shared<detail::UpstreamState>(next_how_);
    next_->publish({{.address = other_.address()}}, {});
    // As a middleware that knows the caller and keeps the token to itself.
    site_->link([](Request& request) {
      request.headers().remove("Authorization");
      request.headers().set("X-User-Id", "ada");
      return pass();
    });
    site_->rule("/up", [this](Request&) {
      return forward({.upstream = upstream_.get(),
                      .mirror = next_.get(),
                      .mirror_requests = 10,
                      .mirror_body = 1024});
    });
  }
  static void expect_passed(const std::string& head) {
    EXPECT_FALSE(has(head, "secret")) << head;
    EXPECT_TRUE(has(head, "X-User-Id: ada\r\n")) << head;
    EXPECT_FALSE(has(head, "root")) << head;
  }
  static constexpr std::string_view Asked =
      "GET /up HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret\r\n"
      "authorization: Basic secret\r\nX-User-Id: root\r\n";

  Origin other_;
  UpstreamOptions next_how_;
  std::shared_ptr<detail::UpstreamState> next_;
};

TEST_F(PassedFields, AreThoseThatMiddlewaresLeave) {
  start();
  Client client = connect();
  client.send(std::string(Asked) + "\r\n");
  Client upstream = origin_.accept();
  expect_passed(upstream.read_until("\r\n\r\n"));
  upstream.send(ok("fine"));
  client.read_answer();
}

TEST_F(PassedFields, AreTheSameInACopy) {
  start();
  Client client = connect();
  client.send(std::string(Asked) + "\r\n");
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  upstream.send(ok("fine"));
  client.read_answer();
  Client copy = other_.accept();
  expect_passed(copy.read_until("\r\n\r\n"));
}

TEST_F(PassedFields, AreTheSameBeforeATunnel) {
  start();
  Client client = connect();
  client.send(std::string(Asked) + "Connection: upgrade\r\nUpgrade: chat\r\n\r\n");
  Client upstream = origin_.accept();
  const std::string head = upstream.read_until("\r\n\r\n");
  EXPECT_TRUE(has(head, "Upgrade: chat\r\n")) << head;
  expect_passed(head);
  upstream.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
  client.read_until("\r\n\r\n");
}

// Nothing that a client lists in Connection takes away what was set for the upstream.
TEST_F(PassedFields, AreNotTakenAwayByTheClientsConnection) {
  start();
  Client client = connect();
  client.send(std::string(Asked) + "Connection: X-User-Id\r\n\r\n");
  Client upstream = origin_.accept();
  expect_passed(upstream.read_until("\r\n\r\n"));
  upstream.send(ok("fine"));
  client.read_answer();
}

}  // namespace
}  // namespace portico::server
