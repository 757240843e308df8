// SPDX-License-Identifier: Apache-2.0
#include "stopgap/chunked.h"

#include "stopgap/request_body.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::stopgap {
namespace {

using State = ChunkDecoder::State;

struct Decoded {
  State state;
  std::string data;
  std::size_t rest;
};

/// Fed in pieces of `step` bytes.
Decoded decode(std::string_view bytes, std::size_t step) {
  ChunkDecoder decoder;
  Decoded decoded{State::More, "", 0};
  while (!bytes.empty() && decoder.state() == State::More) {
    std::string_view piece = bytes.substr(0, step);
    const std::size_t before = piece.size();
    decoded.data += decoder.take(piece);
    bytes.remove_prefix(before - piece.size());
  }
  decoded.state = decoder.state();
  decoded.rest = bytes.size();
  return decoded;
}

TEST(ChunkDecoder, TakesTheFramingOffHoweverTheBytesAreCut) {
  const std::string body =
      "5\r\nhello\r\n6;ext=\"a\"\r\n world\r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\nB: "
      "y\r\n\r\nNEXT";
  for (std::size_t step = 1; step <= body.size(); ++step) {
    const Decoded decoded = decode(body, step);
    EXPECT_EQ(decoded.state, State::Done) << step;
    EXPECT_EQ(decoded.data, "hello world0123456789") << step;
    EXPECT_EQ(decoded.rest, 4u) << step;
  }
}

TEST(ChunkDecoder, WaitsForTheRest) {
  const std::string body = "3\r\nabc\r\n0\r\n\r\n";
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_EQ(decode(std::string_view(body).substr(0, size), 3).state, State::More) << size;
  }
}

TEST(ChunkDecoder, RefusesEveryOtherSpelling) {
  for (const char* body : {"\r\n",          "x\r\n",
                           " 5\r\n",        "5 \r\n",
                           "+5\r\n",        "-5\r\n",
                           "0x5\r\n",       "5\n",
                           "5\rx",          ";a\r\n",
                           "5\r\nhello5",   "5\r\nhello\n",
                           "5\r\nhello\rx", "1000000000000000\r\n",
                           "5;a\n",         "5;\x01\r\n",
                           "0\r\n\n",       "0\r\n\rx",
                           "0\r\nA: b\n",   "0\r\nA: \x01\r\n",
                           "3\r\nabcd\r\n"}) {
    EXPECT_EQ(decode(body, 1).state, State::Broken) << body;
  }
}

TEST(ChunkDecoder, BoundsExtensionsAndTrailers) {
  std::string extensions;
  for (int i = 0; i < 1000; ++i) extensions += "1;0123456789\r\nx\r\n";
  EXPECT_EQ(decode(extensions, 4096).state, State::Broken);
  EXPECT_EQ(decode("0\r\nA: " + std::string(10'000, 'x'), 4096).state, State::Broken);
}

TEST(IncomingBody, EndsWithItsLengthAndTouchesNothingBehindIt) {
  Head head;
  head.content_length = 5;
  IncomingBody body;
  body.begin(head, 100);
  std::string_view bytes = "helloGET /";
  EXPECT_EQ(body.take(bytes), "hello");
  EXPECT_EQ(body.state(), IncomingBody::State::Done);
  EXPECT_EQ(bytes, "GET /");
  EXPECT_EQ(body.take(bytes), "");
}

TEST(IncomingBody, IsDoneAtOnceWhenThereIsNone) {
  IncomingBody body;
  body.begin(Head{}, 0);
  EXPECT_EQ(body.state(), IncomingBody::State::Done);
  EXPECT_EQ(body.length(), 0u);
}

TEST(IncomingBody, IsTooLargeBeforeItsBytesCome) {
  Head head;
  head.content_length = 101;
  IncomingBody body;
  body.begin(head, 100);
  EXPECT_EQ(body.state(), IncomingBody::State::TooLarge);
  head.content_length = 100;
  body.begin(head, 100);
  EXPECT_EQ(body.state(), IncomingBody::State::More);
}

TEST(IncomingBody, CountsChunksUpToTheBound) {
  Head head;
  head.chunked = true;
  IncomingBody body;
  body.begin(head, 6);
  EXPECT_EQ(body.length(), std::nullopt);
  std::string_view bytes = "5\r\nhello\r\n2\r\nxy\r\n";
  EXPECT_EQ(body.take(bytes), "hello");
  EXPECT_EQ(body.take(bytes), "");
  EXPECT_EQ(body.state(), IncomingBody::State::TooLarge);
}

}  // namespace
}  // namespace portico::stopgap
