// SPDX-License-Identifier: Apache-2.0
// Answers that stay open as long as something holds, through real sockets: what the client and the
// upstream see of their end.
#include "unit/server/forwarding.h"
#include <portico/stream.h>
#include <portico/websocket.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

namespace portico::server {
namespace {

class EndOfAnswer : public UpstreamForwarding {
 protected:
  EndOfAnswer() {
    site_->link([this](Request& request) {
      request.keep_open_while([this] { return holds_.load(); });
      return pass();
    });
    site_->rule("/up", [this](Request&) { return forward({.upstream = upstream_.get()}); });
  }
  [[nodiscard]] bool ended(Outcome::How how) {
    return eventually([this] { return !journal_.outcomes().empty(); }) &&
           journal_.outcomes().front().how == how;
  }
  /// What the upstream answers "/up" with, when it has been asked.
  Client answered(Client& client, const std::string& head) {
    client.send("GET /up HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
    Client upstream = origin_.accept();
    upstream.read_until("\r\n\r\n");
    upstream.send(head);
    return upstream;
  }

  std::atomic<bool> holds_{true};
};

TEST_F(EndOfAnswer, CutsATunnelAtBothEnds) {
  start();
  Client client = connect();
  Client upstream = answered(
      client, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
  client.read_until("\r\n\r\n");
  client.send("ping");
  EXPECT_EQ(upstream.read_until("ping"), "ping");
  holds_ = false;
  EXPECT_EQ(client.read_all(), "");
  EXPECT_EQ(upstream.read_all(), "");
  EXPECT_TRUE(ended(Outcome::How::Failed));
}

TEST_F(EndOfAnswer, CutsATunnelWhoseClientDoesNotRead) {
  start();
  Client client = connect();
  Client upstream = answered(
      client, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n");
  std::jthread flood([&] { upstream.send(std::string(32'000'000, 'x')); });
  client.read_until("\r\n\r\nx");
  holds_ = false;
  EXPECT_TRUE(ended(Outcome::How::Failed));
}

TEST_F(EndOfAnswer, EndsAnUpstreamsStreamOfEventsInOrder) {
  start();
  Client client = connect();
  Client upstream = answered(
      client,
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
      "9\r\ndata: 1\n\n\r\n");
  EXPECT_TRUE(client.read_until("data: 1\n\n\r\n").ends_with("\r\n\r\n9\r\ndata: 1\n\n\r\n"));
  holds_ = false;
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  EXPECT_EQ(upstream.read_all(), "");
  EXPECT_TRUE(ended(Outcome::How::Answered));
  // The connection is as good as before.
  holds_ = true;
  client.send(get("/ok"));
  EXPECT_EQ(body_of(client.read_answer()), "hello");
}

TEST_F(EndOfAnswer, ClosesTheConnectionWhereNothingElseSaysWhereAStreamEnds) {
  start();
  Client client = connect();
  Client upstream = answered(client,
                             "HTTP/1.1 200 OK\r\nContent-Type: "
                             "text/event-stream\r\nContent-Length: 900\r\n\r\ndata: 1\n\n");
  client.read_until("data: 1\n\n");
  holds_ = false;
  EXPECT_EQ(client.read_all(), "");
  EXPECT_EQ(upstream.read_all(), "");
}

TEST_F(EndOfAnswer, EndsAFeed) {
  Feed feed;
  site_->rule("/feed", [feed](Request&) { return reply(stream(feed, "text/plain")); });
  start();
  Client client = connect();
  client.send(get("/feed"));
  client.read_until("\r\n\r\n");
  feed.write("one");
  EXPECT_EQ(client.read_until("one\r\n"), "3\r\none\r\n");
  holds_ = false;
  EXPECT_EQ(client.read_until("0\r\n\r\n"), "0\r\n\r\n");
  EXPECT_TRUE(ended(Outcome::How::Answered));
  EXPECT_FALSE(feed.open());
}

TEST_F(EndOfAnswer, SaysToAWebSocketThatItIsNoLongerAllowed) {
  site_->handler(
      "/ws", [](Request& request) { return websocket(request, WebSocket(), WebSocketSession()); });
  start();
  Client client = connect();
  client.send(
      "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  client.read_until("\r\n\r\n");
  holds_ = false;
  const std::string farewell = client.read_all();
  EXPECT_EQ(farewell.substr(0, 1), "\x88");
  EXPECT_EQ(farewell.substr(2), "\x03\xF0no longer allowed");
}

}  // namespace
}  // namespace portico::server
