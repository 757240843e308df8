// SPDX-License-Identifier: Apache-2.0
// Copies of requests, and that those who asked notice nothing of them.
#include "unit/server/forwarding.h"

#include <memory>
#include <string>
#include <vector>

namespace portico::server {
namespace {

class MirrorTest : public UpstreamForwarding {
 protected:
  /// "/copied" goes to the origin, and a copy to `other_`.
  void start_mirror() {
    other_how_.name = "next";
    mirror_ = std::make_shared<detail::UpstreamState>(other_how_);
    const std::string address = other_.address();
    mirror_->publish({{.address = address}}, {});
    site_->rule("/copied", [this](Request&) {
      return forward({.upstream = upstream_.get(),
                      .mirror = mirror_.get(),
                      .mirror_requests = most_requests_,
                      .mirror_body = most_body_});
    });
    start();
  }
  /// The request has been answered by `upstream_`.
  void served(Client& client, Client& upstream, const std::string& body = {}) {
    upstream.read_until("\r\n\r\n" + body);
    upstream.send(ok("fine"));
    EXPECT_EQ(body_of(client.read_answer()), "fine");
  }
  /// Of a request that was answered.
  Client copy_of_one() {
    Client client = connect();
    client.send(get("/copied"));
    Client upstream = origin_.accept();
    served(client, upstream);
    Client copy = other_.accept();
    copy.read_until("\r\n\r\n");
    return copy;
  }
  [[nodiscard]] std::uint64_t left_out() const { return mirror_->mirrored.left_out.load(); }
  [[nodiscard]] std::uint32_t under_way() const { return mirror_->mirrored.under_way.load(); }

  Origin other_;
  UpstreamOptions other_how_;
  std::uint32_t most_requests_ = 100;
  std::size_t most_body_ = 1024;
  std::shared_ptr<detail::UpstreamState> mirror_;
};

TEST_F(MirrorTest, SendsTheSameRequestAndThrowsItsAnswerAway) {
  start_mirror();
  Client client = connect();
  client.send("GET /copied?a=b HTTP/1.1\r\nHost: one.example\r\nX-One: 1\r\n\r\n");
  Client upstream = origin_.accept();
  const std::string asked = upstream.read_until("\r\n\r\n");
  Client copy = other_.accept();
  EXPECT_EQ(copy.read_until("\r\n\r\n"), asked);
  copy.send("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nbad");
  upstream.send(ok("good"));
  const std::string answer = client.read_answer();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "good");
  // Its connection serves the next one.
  client.send(get("/copied"));
  served(client, upstream);
  copy.read_until("\r\n\r\n");
  EXPECT_FALSE(other_.waits(0));
}

TEST_F(MirrorTest, SendsTheBodyWithItsLength) {
  start_mirror();
  Client client = connect();
  client.send(post("/copied", "hello"));
  Client upstream = origin_.accept();
  served(client, upstream, "hello");
  Client copy = other_.accept();
  EXPECT_TRUE(has(copy.read_until("hello"), "Content-Length: 5\r\n"));
  copy.send(ok(""));
  client.send("POST /copied HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
  upstream.read_until("one");
  client.send("3\r\ntwo\r\n0\r\n\r\n");
  served(client, upstream);
  EXPECT_TRUE(has(copy.read_until("onetwo"), "Content-Length: 6\r\n"));
}

TEST_F(MirrorTest, DoesNotCopyALargerBody) {
  most_body_ = 4;
  start_mirror();
  Client client = connect();
  client.send(post("/copied", "hello"));
  Client upstream = origin_.accept();
  served(client, upstream, "hello");
  EXPECT_EQ(left_out(), 1U);
  EXPECT_EQ(under_way(), 0U);
  EXPECT_FALSE(other_.waits(0));
}

TEST_F(MirrorTest, HasItsOwnCap) {
  most_requests_ = 1;
  start_mirror();
  Client copy = copy_of_one();
  // It is not answered yet: the next request has none.
  Client client = connect();
  client.send(get("/copied"));
  Client upstream = origin_.accept();
  served(client, upstream);
  EXPECT_EQ(left_out(), 1U);
  copy.send(ok("done"));
  while (under_way() != 0) {
  }
  client.send(get("/copied"));
  served(client, upstream);
  copy.read_until("\r\n\r\n");
  EXPECT_EQ(left_out(), 1U);
}

TEST_F(MirrorTest, IsNotSentWhenTheClientLeavesWithinItsBody) {
  start_mirror();
  const Client upstream = [this] {
    Client client = connect();
    client.send("POST /copied HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    Client accepted = origin_.accept();
    accepted.read_until("hello");
    EXPECT_EQ(under_way(), 1U);
    return accepted;
  }();
  while (under_way() != 0) {
  }
  EXPECT_EQ(mirror_->mirrored.sent.load(), 0U);
  EXPECT_FALSE(other_.waits(0));
}

TEST_F(MirrorTest, OutlivesTheClient) {
  start_mirror();
  const Client upstream = [this] {
    Client client = connect();
    client.send(get("/copied"));
    Client accepted = origin_.accept();
    accepted.read_until("\r\n\r\n");
    return accepted;
  }();
  Client copy = other_.accept();
  EXPECT_TRUE(copy.read_until("\r\n\r\n").starts_with("GET /copied HTTP/1.1\r\n"));
  copy.send(ok("late"));
  while (under_way() != 0) {
  }
}

TEST_F(MirrorTest, ReadsNoEndlessAnswer) {
  start_mirror();
  Client copy = copy_of_one();
  copy.send("HTTP/1.1 200 OK\r\n\r\n");
  while (under_way() != 0) copy.send(std::string(65536, 'x'));
}

TEST_F(MirrorTest, EndsWithTheServer) {
  start_mirror();
  Client copy = copy_of_one();
  server_->stop();
  server_.reset();
  EXPECT_EQ(under_way(), 0U);
}

}  // namespace
}  // namespace portico::server
