// SPDX-License-Identifier: Apache-2.0
// WebSockets through a real server's sockets.
#include "unit/server/harness.h"
#include <portico/stream.h>
#include <portico/websocket.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view Handshake =
    "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// A client's frame: masked, as it must be.
std::string frame(std::uint8_t first, std::string_view payload) {
  constexpr std::string_view Mask = "\x12\x34\x56\x78";
  std::string bytes(1, static_cast<char>(first));
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80 | payload.size());
  } else {
    bytes += static_cast<char>(0x80 | 126);
    bytes += static_cast<char>(payload.size() >> 8);
    bytes += static_cast<char>(payload.size());
  }
  bytes += Mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes += static_cast<char>(payload[i] ^ Mask[i % 4]);
  }
  return bytes;
}

class WebSocketTest : public ServerTest {
 protected:
  WebSocketTest() {
    site_->handler("/ws", [this](Request& request) {
      WebSocket socket;
      WebSocketSession session;
      session.message_limit = Bytes{1000};
      session.ping_after = ping_after_;
      session.on_message = [socket](std::string_view message, MessageKind kind) {
        if (message == "throw") throw 7;
        if (message == "close") return socket.close(1008, "enough");
        socket.send(message, kind);
      };
      session.on_close = [this](std::uint16_t code) { closed_with_ = code; };
      return websocket(request, socket, std::move(session));
    });
  }
  Client open() {
    Client client = connect();
    answer_ = client.send(Handshake).read_until("\r\n\r\n");
    return client;
  }
  bool closed(std::uint16_t code) {
    return eventually([this, code] { return closed_with_ == code; });
  }
  static std::string read(Client& client, std::size_t size) {
    std::string all;
    while (all.size() < size) {
      const std::string some = client.read_some(size - all.size());
      if (some.empty()) break;
      all += some;
    }
    return all;
  }

  std::chrono::milliseconds ping_after_{30'000};
  std::atomic<std::uint16_t> closed_with_{0};
  std::string answer_;
};

TEST_F(WebSocketTest, SwitchesAndEchoes) {
  start();
  Client client = open();
  EXPECT_TRUE(answer_.starts_with("HTTP/1.1 101 Switching Protocols\r\n")) << answer_;
  EXPECT_TRUE(has(answer_, "\r\nConnection: upgrade\r\nUpgrade: websocket\r\n")) << answer_;
  EXPECT_TRUE(has(answer_, "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
  EXPECT_FALSE(has(answer_, "Content-Length")) << answer_;
  EXPECT_FALSE(has(answer_, "Transfer-Encoding")) << answer_;
  client.send(frame(0x81, "hello"));
  EXPECT_EQ(read(client, 7), "\x81\x05hello");
  client.send(frame(0x82, "bytes"));
  EXPECT_EQ(read(client, 7),
            "\x82\x05"
            "bytes");
}

TEST_F(WebSocketTest, KnowsNoMoreOfASessionThanItsPlugin) {
  site_->handler("/ws", [](Request& request) {
    WebSocket socket;
    WebSocketSession session;
    session.on_message = [socket](std::string_view message, MessageKind kind) {
      socket.send(message, kind);
    };
    // As of a plugin for which the session ended there.
    session.size = static_cast<std::uint32_t>(reinterpret_cast<const char*>(&session.on_message) -
                                              reinterpret_cast<const char*>(&session));
    return websocket(request, socket, std::move(session));
  });
  start();
  Client client = open();
  client.send(frame(0x81, "unheard") + frame(0x89, "there?"));
  EXPECT_EQ(read(client, 8), "\x8A\x06there?");
}

TEST_F(WebSocketTest, TakesWhatCameWithTheHandshake) {
  start();
  Client client = connect();
  client.send(std::string(Handshake) + frame(0x81, "at once"));
  client.read_until("\r\n\r\n");
  EXPECT_EQ(read(client, 9),
            "\x81\x07"
            "at once");
}

TEST_F(WebSocketTest, JoinsFragmentsAndAnswersPingsBetween) {
  start();
  Client client = open();
  client.send(frame(0x01, "hel"));
  client.send(frame(0x89, "there?"));
  EXPECT_EQ(read(client, 8), "\x8A\x06there?");
  for (const char byte : frame(0x80, "lo")) client.send({&byte, 1});
  EXPECT_EQ(read(client, 7), "\x81\x05hello");
}

TEST_F(WebSocketTest, AnswersACloseAndEndsTheConnection) {
  start();
  Client client = open();
  client.send(frame(0x88, "\x03\xE8"));
  EXPECT_EQ(client.read_all(), "\x88\x02\x03\xE8");
  EXPECT_TRUE(closed(1000));
  EXPECT_TRUE(eventually([this] { return !journal_.outcomes().empty(); }));
  EXPECT_EQ(journal_.outcomes().front().how, Outcome::How::Answered);
  EXPECT_EQ(journal_.outcomes().front().status, Status::SwitchingProtocols);
}

TEST_F(WebSocketTest, AClientThatIsJustGoneIs1006) {
  start();
  open().close();
  EXPECT_TRUE(closed(1006));
}

TEST_F(WebSocketTest, AnUnmaskedFrameIsAProtocolError) {
  start();
  Client client = open();
  client.send("\x81\x02hi");
  EXPECT_TRUE(client.read_all().starts_with("\x88"));
  EXPECT_TRUE(closed(1006));
}

TEST_F(WebSocketTest, WhatBreaksTheRulesIsToldWhy) {
  start();
  const std::pair<std::string, std::string_view> cases[] = {
      {frame(0x81, "\xFF\xFE"), "\x03\xEF"},              // 1007: no UTF-8
      {frame(0x82, std::string(1001, 'a')), "\x03\xF1"},  // 1009: too big
      {frame(0x83, "x"), "\x03\xEA"},                     // 1002: an opcode that is none
      {frame(0xC1, "x"), "\x03\xEA"},                     // 1002: a reserved bit
      {frame(0x80, "x"), "\x03\xEA"},                     // 1002: continues nothing
      {frame(0x81, "throw"), "\x03\xF3"},                 // 1011: the plugin's fault
      {frame(0x81, "close"), "\x03\xF0"},                 // 1008, by the plugin
  };
  for (const auto& [bytes, code] : cases) {
    Client client = open();
    const std::string last = client.send(bytes).read_all();
    ASSERT_GE(last.size(), 4U);
    EXPECT_EQ(last[0], '\x88');
    EXPECT_EQ(last.substr(2, 2), code);
  }
}

TEST_F(WebSocketTest, AsksASilentClientAndCutsIt) {
  ping_after_ = 20ms;
  start();
  Client client = open();
  EXPECT_EQ(read(client, 2), "\x89\x00"sv);
  EXPECT_EQ(client.read_some(), "") << "cut";
  EXPECT_TRUE(closed(1006));
}

TEST_F(WebSocketTest, SaysFarewellWhenTheServerDrains) {
  start();
  Client client = open();
  std::string last;
  std::thread reader([&] {
    last = client.read_all();
    client.close();
  });
  EXPECT_TRUE(server_->drain(10s));
  reader.join();
  EXPECT_TRUE(last.starts_with("\x88\x12\x03\xE9"sv)) << last;
}

TEST_F(WebSocketTest, ARequestThatIsNoneIsToldWhatToDo) {
  start();
  const std::string answer = ask(get("/ws"));
  EXPECT_EQ(status_of(answer), 426);
  EXPECT_TRUE(has(answer, "\r\nSec-WebSocket-Version: 13\r\n"));
}

}  // namespace
}  // namespace portico::server
