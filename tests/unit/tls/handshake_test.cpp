// SPDX-License-Identifier: Apache-2.0
// Handshakes: what is agreed on, what is refused, and every way in which they may be cut up.
#include "unit/tls/session_fixture.h"

#include <string>

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <sys/socket.h>

namespace portico::tls {
namespace {

TEST_F(TlsSession, SpeaksBothVersions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const Line line;
    Session session = accept(line);
    Client client(line, {.least = version, .most = version});
    ASSERT_EQ(client.meet(session), Io::Done) << session.fault();
    client.say("ping");
    EXPECT_EQ(hear(session), "ping");
    EXPECT_EQ(session.write("pong").io, Io::Done);
    EXPECT_EQ(client.hear(), "pong");
    EXPECT_EQ(session.version(), version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2");
    EXPECT_FALSE(session.cipher().empty());
    EXPECT_FALSE(session.resumed());
  }
}

TEST_F(TlsSession, RefusesOldVersions) {
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    const Line line;
    Session session = accept(line);
    Client client(line, {.least = version, .most = version, .ciphers = "ALL@SECLEVEL=0"});
    EXPECT_EQ(client.meet(session), Io::Broken);
    EXPECT_EQ(session.fault(), "unsupported protocol");
    EXPECT_FALSE(client.met());
  }
}

TEST_F(TlsSession, RefusesCiphersWithoutForwardSecrecy) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.most = TLS1_2_VERSION, .ciphers = "AES128-SHA:AES128-GCM-SHA256"});
  EXPECT_EQ(client.meet(session), Io::Broken);
  EXPECT_EQ(session.fault(), "no shared cipher");
}

TEST_F(TlsSession, ChoosesItsFavouriteProtocol) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.name = "A.Example", .protocols = "\x08http/1.1\x02h2"});
  ASSERT_EQ(client.meet(session), Io::Done);
  EXPECT_EQ(session.protocol(), "h2");
  EXPECT_EQ(session.server_name(), "A.Example");
}

TEST_F(TlsSession, NeedsNoAlpn) {
  const Line line;
  Session session = accept(line);
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  EXPECT_EQ(session.protocol(), "");
  EXPECT_EQ(session.server_name(), "");
}

TEST_F(TlsSession, RefusesStrangeProtocols) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.protocols = "\x04smtp"});
  EXPECT_EQ(client.meet(session), Io::Broken);
  EXPECT_FALSE(client.met());
}

TEST_F(TlsSession, RefusesGarbage) {
  const Line line;
  Session session = accept(line);
  line.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(session.handshake(), Io::Broken);
  EXPECT_EQ(session.fault(), "http request");
  EXPECT_EQ(session.handshake(), Io::Broken);
  std::array<char, 8> room{};
  EXPECT_EQ(session.read(room).io, Io::Broken);
  EXPECT_EQ(session.write("x").io, Io::Broken);
  EXPECT_EQ(session.shut_down(), Io::Done);
}

TEST_F(TlsSession, WaitsForStallingClients) {
  const Line line;
  Session session = accept(line);
  EXPECT_EQ(session.handshake(), Io::WantRead);
  line.say(std::string("\x16\x03\x01\x02", 4));
  EXPECT_EQ(session.handshake(), Io::WantRead);
  EXPECT_EQ(session.handshake(), Io::WantRead);
}

TEST_F(TlsSession, NoticesWhoLeavesInTheMiddle) {
  Line line;
  Session session = accept(line);
  EXPECT_EQ(session.handshake(), Io::WantRead);
  line.close_far();
  EXPECT_EQ(session.handshake(), Io::Closed);
  EXPECT_EQ(session.fault(), "");
}

TEST_F(TlsSession, ShakesHandsByteByByte) {
  const Line line;
  const Line behind;
  Session session = accept(line);
  Client client(behind, {});
  Io io = Io::WantRead;
  for (int step = 0; step < 20000 && io != Io::Done; ++step) {
    static_cast<void>(SSL_do_handshake(client.ssl()));
    char byte = 0;
    if (::recv(behind.near(), &byte, 1, 0) == 1) line.say({&byte, 1});
    io = session.handshake();
    ASSERT_TRUE(io == Io::WantRead || io == Io::Done) << session.fault();
    std::array<char, 4096> back{};
    const ssize_t got = ::recv(line.far(), back.data(), back.size(), 0);
    if (got > 0) ::send(behind.near(), back.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL);
  }
  EXPECT_EQ(io, Io::Done);
  clear_errors();
}

TEST_F(TlsSession, ReadsUntilDry) {
  const Line line;
  Session session = accept(line);
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  std::array<char, 4> room{};
  Moved moved = session.read(room);
  EXPECT_EQ(moved.io, Io::WantRead);
  EXPECT_EQ(moved.bytes, 0U);
  client.say("one");
  client.say("two");
  moved = session.read(room);
  EXPECT_EQ(moved.io, Io::Done);
  EXPECT_EQ(std::string_view(room.data(), moved.bytes), "onet");
  moved = session.read(room);
  EXPECT_EQ(moved.io, Io::WantRead);
  EXPECT_EQ(std::string_view(room.data(), moved.bytes), "wo");
}

TEST_F(TlsSession, KeepsWhatFollowsTheHandshakeAtOnce) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.least = TLS1_3_VERSION});
  static_cast<void>(SSL_do_handshake(client.ssl()));
  EXPECT_EQ(session.handshake(), Io::WantRead);
  ASSERT_EQ(SSL_do_handshake(client.ssl()), 1);
  client.say("early bird");  // Lies in the socket behind the client's Finished.
  ASSERT_EQ(session.handshake(), Io::Done);
  EXPECT_EQ(hear(session), "early bird");
  clear_errors();
}

}  // namespace
}  // namespace portico::tls
