// SPDX-License-Identifier: Apache-2.0
// Heads on their way out: framing is core's alone.
#include "http/h1/head_writer.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

using Kind = BodyFraming::Kind;
using Fields = std::vector<Headers::Entry>;

/// Into memory of exactly the size told.
template <class Framing>
std::string written(const Framing& framing, const Fields& fields = {}) {
  const HeadWriter writer(framing, fields);
  const auto room = std::make_unique<char[]>(writer.size());
  char* const end = writer.write(room.get());
  EXPECT_EQ(static_cast<std::size_t>(end - room.get()), writer.size());
  return {room.get(), writer.size()};
}

TEST(ResponseHead, HasItsFieldsAndItsFraming) {
  EXPECT_EQ(written(ResponseFraming{.status = Status::NotFound, .body = {Kind::Length, 5}},
                    {{"A", "b"}, {"C", ""}}),
            "HTTP/1.1 404 Not Found\r\nA: b\r\nC: \r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.body = {Kind::Chunked, 0}}),
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.body = {Kind::UntilClose, 0}, .keep_alive = false}),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.status = Status{299}, .body = {Kind::Length, 0}}),
            "HTTP/1.1 299 Success\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.body = {Kind::Length, 18446744073709551615U}}),
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n");
}

TEST(ResponseHead, TellsNoBodyWhereTheStatusHasNone) {
  EXPECT_EQ(written(ResponseFraming{.status = Status::NoContent, .body = {Kind::Length, 0}}),
            "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.status = Status::Continue, .body = {Kind::Chunked, 0}}),
            "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.status = Status::NotModified, .body = {Kind::Length, 7}}),
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
}

TEST(ResponseHead, SaysWhatBecomesOfTheConnection) {
  EXPECT_EQ(written(ResponseFraming{.minor_version = 0}),
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(written(ResponseFraming{.keep_alive = false, .minor_version = 0}),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(
      written(ResponseFraming{.status = Status::SwitchingProtocols, .upgrade = "websocket"}),
      "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
}

TEST(ResponseHead, HasDateAndServerOnce) {
  const ResponseFraming framing{.date = "now", .server = "portico"};
  EXPECT_EQ(written(framing), "HTTP/1.1 200 OK\r\nDate: now\r\nServer: portico\r\n\r\n");
  EXPECT_EQ(written(framing, {{"date", "then"}, {"SERVER", "other"}}),
            "HTTP/1.1 200 OK\r\ndate: then\r\nSERVER: other\r\n\r\n");
}

TEST(ResponseHead, TakesNoFramingFromItsList) {
  EXPECT_EQ(written(ResponseFraming{.body = {Kind::Length, 5}}, {{"Connection", "keep-alive, X"},
                                                                 {"Keep-Alive", "timeout=5"},
                                                                 {"Proxy-Connection", "close"},
                                                                 {"TE", "trailers"},
                                                                 {"Trailer", "A"},
                                                                 {"Transfer-Encoding", "chunked"},
                                                                 {"Upgrade", "h2c"},
                                                                 {"Close", "now"},
                                                                 {"content-length", "6"},
                                                                 {"x", "listed"},
                                                                 {"Host", "kept"}}),
            "HTTP/1.1 200 OK\r\nHost: kept\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, HoldsItsRulesForMoreFieldsThanItRemembers) {
  Fields fields(200, {"A", "b"});
  for (const std::size_t place : {0U, 63U, 64U, 199U}) fields[place] = {"Upgrade", "h2c"};
  const std::string text = written(ResponseFraming{}, fields);
  EXPECT_EQ(text.find("Upgrade"), std::string::npos);
  EXPECT_EQ(text.size(), std::string_view("HTTP/1.1 200 OK\r\n\r\n").size() + 196 * 6);
}

TEST(RequestHead, IsThatOfAnUpstream) {
  EXPECT_EQ(written(RequestFraming{.method = "PUT",
                                   .path = "/a",
                                   .query = "b=c",
                                   .host = "up:80",
                                   .body = {Kind::Length, 0}},
                    {{"Host", "client"}, {"A", "b"}, {"Content-Length", "9"}}),
            "PUT /a?b=c HTTP/1.1\r\nHost: up:80\r\nA: b\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(
      written(RequestFraming{.method = "GET", .path = "/", .host = "up", .keep_alive = false}),
      "GET / HTTP/1.1\r\nHost: up\r\nConnection: close\r\n\r\n");
  RequestFraming framing{.method = "GET", .path = "/", .host = "up", .takes_trailers = true};
  EXPECT_EQ(written(framing),
            "GET / HTTP/1.1\r\nHost: up\r\nConnection: TE\r\nTE: trailers\r\n\r\n");
  framing.keep_alive = false;
  EXPECT_TRUE(written(framing).ends_with("Connection: close, TE\r\nTE: trailers\r\n\r\n"));
  EXPECT_EQ(
      written(RequestFraming{.method = "GET", .path = "/", .host = "up", .upgrade = "websocket"}),
      "GET / HTTP/1.1\r\nHost: up\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
  EXPECT_EQ(written(RequestFraming{
                .method = "POST", .path = "/", .host = "up", .body = {Kind::Chunked, 0}}),
            "POST / HTTP/1.1\r\nHost: up\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST(HeadWriterDeathTest, WritesNothingThatSplitsAMessage) {
  using namespace std::string_view_literals;
  const auto write = [](std::string_view name, std::string_view value) {
    return written(ResponseFraming{}, {{name, value}});
  };
  EXPECT_DEATH(write("A", "b\r\nSet-Cookie: c"), "");
  EXPECT_DEATH(write("A", "b\nc"), "");
  EXPECT_DEATH(write("A", "b\0c"sv), "");
  EXPECT_DEATH(write("A\r\nB", "c"), "");
  EXPECT_DEATH(write("A", "\x7f"), "");
}

TEST(Chunks, AreWrittenWithTheirSize) {
  for (const std::size_t size : {1U, 15U, 16U, 255U, 256U, 4095U, 65536U}) {
    const std::string data(size, 'x');
    const auto room = std::make_unique<char[]>(chunk_size(size));
    ASSERT_EQ(write_chunk(data, room.get()), chunk_size(size));
    char head[ChunkHeadRoom];
    const std::size_t head_size = write_chunk_head(size, head);
    EXPECT_EQ(std::string(room.get(), chunk_size(size)),
              std::string(head, head_size) + data + std::string(ChunkEnd));
  }
  char head[ChunkHeadRoom];
  EXPECT_EQ(std::string(head, write_chunk_head(0xabcd0, head)), "abcd0\r\n");
  EXPECT_EQ(std::string(head, write_chunk_head(~std::size_t{0}, head)), "ffffffffffffffff\r\n");
}

}  // namespace
}  // namespace portico::http::h1
