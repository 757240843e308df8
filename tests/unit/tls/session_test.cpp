// SPDX-License-Identifier: Apache-2.0
// Sessions once their handshake is done: bytes both ways, ends of every kind, what they cost.
#include "unit/tls/session_fixture.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <malloc.h>
#include <openssl/err.h>
#include <sys/socket.h>

namespace portico::tls {
namespace {

iovec piece(std::string& text) { return {text.data(), text.size()}; }

TEST_F(TlsSession, StillAnswersAfterHalfClose) {
  for (const bool politely : {true, false}) {
    const Line line;
    Session session = accept(line);
    Client client(line, {});
    ASSERT_EQ(client.meet(session), Io::Done);
    client.say("last words");
    if (politely) SSL_shutdown(client.ssl());
    ::shutdown(line.far(), SHUT_WR);
    std::array<char, 64> room{};
    Moved moved = session.read(room);
    EXPECT_EQ(std::string_view(room.data(), moved.bytes), "last words");
    if (moved.io == Io::WantRead) moved = session.read(room);
    EXPECT_EQ(moved.io, Io::Closed);
    EXPECT_EQ(session.write("answer").io, Io::Done);
    EXPECT_EQ(session.shut_down(), Io::Done);
    EXPECT_EQ(client.hear(), "answer");
    EXPECT_NE(SSL_get_shutdown(client.ssl()) & SSL_RECEIVED_SHUTDOWN, 0);
  }
}

TEST_F(TlsSession, TellsACutRecordFromAnEnd) {
  Line line;
  const Line behind;
  Session session = accept(line);
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  SSL_set_fd(client.ssl(), behind.far());
  client.say("a record that is cut");
  std::array<char, 256> bytes{};
  const ssize_t size = ::recv(behind.near(), bytes.data(), bytes.size(), 0);
  ASSERT_GT(size, 10);
  for (const ssize_t cut : {ssize_t{5}, size - 6}) {
    line.say({bytes.data() + (cut == 5 ? 0 : 5), static_cast<std::size_t>(cut)});
    EXPECT_EQ(hear(session), "");
  }
  line.close_far();
  std::array<char, 64> room{};
  EXPECT_EQ(session.read(room).io, Io::Broken);
  EXPECT_EQ(session.fault(), "the stream ended inside a record");
}

TEST_F(TlsSession, RefusesForgedRecords) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.least = TLS1_3_VERSION});
  ASSERT_EQ(client.meet(session), Io::Done);
  line.say(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
  std::array<char, 64> room{};
  EXPECT_EQ(session.read(room).io, Io::Broken);
  EXPECT_EQ(session.fault(), "decryption failed or bad record mac");
}

TEST_F(TlsSession, NoticesADeadPeerWhenWriting) {
  Line line;
  Session session = accept(line);
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  line.close_far();
  EXPECT_EQ(session.write("nobody hears").io, Io::Closed);
  EXPECT_EQ(session.shut_down(), Io::Done);
}

TEST_F(TlsSession, RefusesRenegotiation) {
  const Line line;
  Session session = accept(line);
  Client client(line, {.most = TLS1_2_VERSION});
  ASSERT_EQ(client.meet(session), Io::Done);
  SSL_renegotiate(client.ssl());
  static_cast<void>(SSL_do_handshake(client.ssl()));
  std::array<char, 64> room{};
  EXPECT_EQ(session.read(room).io, Io::WantRead);
  EXPECT_NE(SSL_do_handshake(client.ssl()), 1);
  clear_errors();
}

TEST_F(TlsSession, GathersSmallPiecesIntoOneRecord) {
  const Line line;
  Session session = accept(line);
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  static_cast<void>(client.hear());
  std::string head = "HTTP/1.1 200 OK\r\n\r\n";
  std::string none;
  std::string body = "hello";
  const std::array pieces{piece(head), piece(none), piece(body)};
  auto scratch = std::make_unique<RecordBuffer>();
  const Moved moved = session.write(pieces, *scratch);
  EXPECT_EQ(moved.io, Io::Done);
  EXPECT_EQ(moved.bytes, head.size() + body.size());
  std::array<char, 256> record{};
  const ssize_t size = ::recv(line.far(), record.data(), record.size(), MSG_PEEK);
  ASSERT_GT(size, 5);
  const auto length =
      (static_cast<unsigned char>(record[3]) << 8U) | static_cast<unsigned char>(record[4]);
  EXPECT_EQ(length + 5, size) << "one record is all there is";
  EXPECT_EQ(client.hear(), head + body);
}

/// Sends them all over a narrow line, as a loop does: from where the last write ended.
void send_all(const std::vector<std::string>& texts) {
  Wallet wallet;
  ContextOptions options;
  options.certificates = {wallet.store("server", certify({}))};
  const Line line(4096);
  Session session = (*Context::make(options))->accept(line.near());
  Client client(line, {});
  EXPECT_EQ(client.meet(session), Io::Done);
  std::string all;
  for (const std::string& text : texts) all += text;
  auto scratch = std::make_unique<RecordBuffer>();
  std::string heard;
  std::size_t sent = 0;
  int waits = 0;
  while (sent < all.size()) {
    std::vector<std::string> rest;
    std::size_t begin = 0;
    for (const std::string& text : texts) {
      if (begin + text.size() > sent) rest.push_back(text.substr(sent > begin ? sent - begin : 0));
      begin += text.size();
    }
    std::vector<iovec> pieces;
    std::ranges::transform(rest, std::back_inserter(pieces), piece);
    const Moved moved = session.write(pieces, *scratch);
    EXPECT_NE(moved.io, Io::Broken) << session.fault();
    if (moved.io == Io::Broken || moved.io == Io::Closed) return;
    if (moved.io == Io::WantWrite) ++waits;
    sent += moved.bytes;
    heard += client.hear();
  }
  EXPECT_GT(waits, 0) << "the line was not narrow enough to wait";
  heard += client.hear();
  EXPECT_TRUE(heard == all) << "other bytes came than were sent";
}

TEST(TlsWrite, ContinuesWhereTheSocketWasFull) {
  std::string text(200'000, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 23);
  using Texts = std::vector<std::string>;
  const std::array shapes{
      Texts{text}, Texts{"head", text}, Texts{"head", text, "tail"},
      Texts{text.substr(0, 16384), text.substr(0, 16385), text.substr(0, 16383), text},
      Texts{text.substr(0, 10000), text.substr(3, 10000), text.substr(5, 90000)}};
  for (const Texts& shape : shapes) send_all(shape);
}

TEST_F(TlsSession, LeaksNothing) {
  // The sanitizer's build looks; here the heap must not grow.
  const auto once = [this] {
    const Line line;
    Session session = accept(line);
    Client client(line, {});
    ASSERT_EQ(client.meet(session), Io::Done);
    session.shut_down();
  };
  // OpenSSL's caches take their time to fill.
  for (int i = 0; i < 1000; ++i) once();
  const std::size_t before = ::mallinfo2().uordblks;
  for (int i = 0; i < 1000; ++i) once();
  EXPECT_LT(::mallinfo2().uordblks, before + 64 * 1024);
}

TEST_F(TlsSession, HoldsLittleWhenIdle) {
  constexpr std::size_t Count = 200;
  std::vector<std::unique_ptr<Line>> lines;
  std::vector<Session> sessions;
  for (std::size_t i = 0; i < Count; ++i) {
    const Line& line = *lines.emplace_back(std::make_unique<Line>());
    Session& session = sessions.emplace_back(accept(line));
    Client client(line, {});
    ASSERT_EQ(client.meet(session), Io::Done);
    client.say("ping");
    ASSERT_EQ(hear(session), "ping");
    ASSERT_EQ(session.write("pong").io, Io::Done);
  }
  const std::size_t idle = ::mallinfo2().uordblks;
  for (Session& session : sessions) session = Session();
  const std::size_t each = (idle - ::mallinfo2().uordblks) / Count;
  RecordProperty("bytes_per_idle_session", static_cast<int>(each));
  EXPECT_LT(each, 15U * 1024U);
}

TEST(TlsSessionNone, IsHarmless) {
  Session none;
  EXPECT_FALSE(none);
  std::array<char, 4> room{};
  EXPECT_EQ(none.handshake(), Io::Broken);
  EXPECT_EQ(none.read(room).io, Io::Broken);
  EXPECT_EQ(none.write("x").io, Io::Broken);
  EXPECT_EQ(none.shut_down(), Io::Done);
  EXPECT_EQ(none.protocol(), "");
  EXPECT_EQ(none.server_name(), "");
  EXPECT_EQ(none.client(), nullptr);
  EXPECT_EQ(none.fault(), "");
}

}  // namespace
}  // namespace portico::tls
