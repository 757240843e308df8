// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §6 and §7.1: bodies.
#include "http/h1/body_decoder.h"

#include "unit/http/h1/reading.h"

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

using namespace std::string_literals;
using Kind = BodyFraming::Kind;

struct Decoded {
  std::string verdict;
  std::string data;
  std::size_t used = 0;
  std::string trailers{};

  bool operator==(const Decoded&) const = default;
};

/// The bytes come `step` at a time, each time in memory of exactly their size.
Decoded decode(std::string_view bytes, BodyFraming framing, std::size_t step) {
  BodyDecoder decoder;
  decoder.begin(framing);
  Decoded decoded{"more", {}, 0};
  while (decoded.used < bytes.size() && decoded.verdict == "more") {
    const std::string_view slice = bytes.substr(decoded.used, step);
    const std::vector<char> copy(slice.begin(), slice.end());
    const auto piece = decoder.next({copy.data(), copy.size()});
    decoded.data.append(piece.data);
    decoded.trailers.append(piece.trailers);
    decoded.used += piece.used;
    if (piece.state == Parsed::Done) decoded.verdict = "done";
    if (piece.state == Parsed::Refused) decoded.verdict = told(decoder.refusal());
  }
  return decoded;
}

struct Row {
  std::string name;
  std::string bytes;
  std::string verdict;
  std::string data;
};

template <std::size_t Count>
void expect_rows(const Row (&rows)[Count]) {
  constexpr std::string_view Next = "GET / HTTP/1.1\r\n";
  for (const Row& row : rows) {
    for (const std::size_t step : {std::size_t{1} << 20, std::size_t{1}, std::size_t{3}}) {
      SCOPED_TRACE(row.name + " by " + std::to_string(step));
      const Decoded decoded = decode(row.bytes, {Kind::Chunked, 0}, step);
      EXPECT_EQ(decoded.verdict, row.verdict);
      EXPECT_EQ(decoded.data, row.data);
      if (row.verdict != "done") continue;
      // What follows is the next request's.
      EXPECT_EQ(decoded.used, row.bytes.size());
      EXPECT_EQ(decode(row.bytes + std::string(Next), {Kind::Chunked, 0}, step), decoded);
    }
  }
}

const std::string Bad = "400 bad_chunk";

TEST(ChunkedBody, IsReadByTheGrammar) {
  expect_rows({
      {"RFC 9112 §7.1 empty", "0\r\n\r\n", "done", ""},
      {"RFC 9112 §7.1 several zeros", "000\r\n\r\n", "done", ""},
      {"RFC 9112 §7.1 two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "done", "hello world"},
      {"RFC 9112 §7.1 digits in any case", "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n",
       "done", "01234567890123456789"},
      {"RFC 9112 §7.1 zeros before", "0005\r\nhello\r\n0\r\n\r\n", "done", "hello"},
      {"RFC 9112 §7.1 data like framing", "7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", "done",
       "\r\n0\r\n\r\n"},
      {"RFC 9112 §7.1.1 extensions", "5;a=b;c=\"d;\te\"\r\nhello\r\n0;f\r\n\r\n", "done", "hello"},
      {"RFC 9112 §7.1.2 trailers", "0\r\nA: b\r\nB:\r\n\r\n", "done", ""},
      {"unfinished", "5\r\nhel", "more", "hel"},
      {"unfinished behind the last chunk", "0\r\n", "more", ""},
      {"unfinished within a trailer", "0\r\nA: b\r\n", "more", ""},
  });
}

TEST(ChunkedBody, GivesItsTrailersApart) {
  const struct {
    std::string bytes;
    std::string trailers;
  } rows[] = {
      {"0\r\n\r\n", ""},
      {"3\r\na:b\r\n0\r\nA: b\r\n\r\n", "A: b\r\n"},
      {"0;x=y\r\nA:\r\nBcd:\te \r\n\r\n", "A:\r\nBcd:\te \r\n"},
      {"0\r\nA: b\r\nB", "A: b\r\nB"},
      {"0\r\nA b\r\n\r\n", "A "},
  };
  for (const auto& row : rows) {
    for (const std::size_t step : {std::size_t{1} << 20, std::size_t{1}, std::size_t{3}}) {
      SCOPED_TRACE(row.bytes + " by " + std::to_string(step));
      EXPECT_EQ(decode(row.bytes, {Kind::Chunked, 0}, step).trailers, row.trailers);
    }
  }
}

TEST(ChunkedBody, IsRefusedWhenTwoServersCouldReadIt) {
  expect_rows({
      {"RFC 9112 §7.1 no digit", "\r\n", Bad, ""},
      {"RFC 9112 §7.1 a blank before", " 5\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 a blank behind", "5 \r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 a tab behind", "5\t\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1.1 a blank before the extension", "5 ;a\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 a sign", "+5\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 minus", "-5\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 a prefix", "0x5\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 no hexadecimal digit", "5g\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 an extension without a size", ";a\r\n", Bad, ""},
      {"RFC 9112 §7.1 more than 64 bits", "10000000000000005\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 64 bits", "ffffffffffffffff\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 bare LF behind the size", "5\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1 bare CR behind the size", "5\rhello\r\n", Bad, ""},
      {"RFC 9112 §7.1.1 bare LF in an extension", "5;a\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1.1 bare CR in an extension", "5;a\rb\r\nhello\r\n", Bad, ""},
      {"RFC 9112 §7.1.1 NUL in an extension", "5;\0\r\n"s, Bad, ""},
      {"RFC 9112 §7.1 bare LF behind the data", "5\r\nhello\n0\r\n\r\n", Bad, "hello"},
      {"RFC 9112 §7.1 bare CR behind the data", "5\r\nhello\r0\r\n\r\n", Bad, "hello"},
      {"RFC 9112 §7.1 more data than told", "5\r\nhello!\r\n0\r\n\r\n", Bad, "hello"},
      {"RFC 9112 §7.1 less data than told", "5\r\nhell\r\n0\r\n\r\n", Bad, "hell\r"},
      {"RFC 9112 §7.1.2 a trailer without a colon", "0\r\nA\r\n\r\n", Bad, ""},
      {"RFC 9112 §7.1.2 a trailer without a name", "0\r\n: b\r\n\r\n", Bad, ""},
      {"RFC 9112 §7.1.2 a blank before the colon", "0\r\nA : b\r\n\r\n", Bad, ""},
      {"RFC 9112 §7.1.2 a folded trailer", "0\r\nA: b\r\n c\r\n\r\n", Bad, ""},
      {"RFC 9112 §7.1.2 NUL in a trailer", "0\r\nA: \0\r\n\r\n"s, Bad, ""},
      {"RFC 9112 §7.1.2 bare LF in a trailer", "0\r\nA: b\n\r\n", Bad, ""},
      {"RFC 9112 §7.1.2 bare CR in a trailer", "0\r\nA: b\rc\r\n\r\n", Bad, ""},
      {"RFC 9112 §7.1 bare LF at the end", "0\r\n\n", Bad, ""},
      {"RFC 9112 §7.1 bare CR at the end", "0\r\n\rX", Bad, ""},
  });
}

TEST(ChunkedBody, HasABoundForWhatIsThrownAway) {
  constexpr std::size_t Most = BodyDecoder::MostOverhead;
  expect_rows({
      {"RFC 9112 §7.1.1 the most", "1;" + std::string(Most, 'a') + "\r\nb\r\n0\r\n\r\n", "done",
       "b"},
      {"RFC 9112 §7.1.1 one more", "1;" + std::string(Most + 1, 'a') + "\r\nb\r\n",
       "400 chunk_overhead", ""},
      {"RFC 9112 §7.1.2 a trailer's value", "0\r\nA:" + std::string(Most, 'a') + "\r\n\r\n",
       "400 chunk_overhead", ""},
      {"RFC 9112 §7.1.2 a trailer's name", "0\r\n" + std::string(Most + 1, 'A'),
       "400 chunk_overhead", ""},
  });
  std::string many;
  for (std::size_t i = 0; i <= Most / 100; ++i) many += "1;" + std::string(100, 'a') + "\r\nc\r\n";
  EXPECT_EQ(decode(many, {Kind::Chunked, 0}, 1 << 20).verdict, "400 chunk_overhead");
}

TEST(CountedBody, EndsWhereItsLengthSays) {
  for (const std::size_t step : {1U, 3U, 100U}) {
    EXPECT_EQ(decode("hello, next", {Kind::Length, 5}, step), (Decoded{"done", "hello", 5}));
    EXPECT_EQ(decode("hel", {Kind::Length, 5}, step), (Decoded{"more", "hel", 3}));
  }
}

TEST(CountedBody, MayBeEmpty) {
  BodyDecoder decoder;
  for (const BodyFraming framing : {BodyFraming{Kind::Length, 0}, BodyFraming{Kind::None, 0}}) {
    decoder.begin(framing);
    const auto piece = decoder.next("next");
    EXPECT_EQ(piece.state, Parsed::Done);
    EXPECT_EQ(piece.used, 0U);
    EXPECT_EQ(decoder.remaining(), 0U);
  }
}

TEST(BodyDecoder, GivesViewsWithoutCopying) {
  const std::string bytes = "5\r\nhello\r\n0\r\n\r\n";
  BodyDecoder decoder;
  decoder.begin({Kind::Chunked, 0});
  const auto piece = decoder.next(bytes);
  EXPECT_EQ(piece.data.data(), bytes.data() + 3);
  EXPECT_EQ(piece.state, Parsed::Done) << "the end comes with the last data";
}

TEST(BodyDecoder, KnowsWhatCloseMeans) {
  BodyDecoder decoder;
  decoder.begin({Kind::UntilClose, 0});
  EXPECT_EQ(decoder.next("all of it").data, "all of it");
  EXPECT_EQ(decoder.close(), Parsed::Done);
  for (const BodyFraming framing : {BodyFraming{Kind::Length, 5}, BodyFraming{Kind::Chunked, 0}}) {
    decoder.begin(framing);
    static_cast<void>(decoder.next("4\r\n"));
    EXPECT_EQ(decoder.close(), Parsed::Refused);
    EXPECT_EQ(decoder.refusal().code, "body_cut_short");
  }
  decoder.begin({Kind::Length, 2});
  static_cast<void>(decoder.next("ab"));
  EXPECT_EQ(decoder.close(), Parsed::Done);
}

TEST(BodyDecoder, TellsWhatIsStillToCome) {
  constexpr std::uint64_t Unknown = std::numeric_limits<std::uint64_t>::max();
  BodyDecoder decoder;
  decoder.begin({Kind::Length, 5});
  static_cast<void>(decoder.next("ab"));
  EXPECT_EQ(decoder.remaining(), 3U);
  decoder.begin({Kind::Chunked, 0});
  static_cast<void>(decoder.next("5\r\nhel"));
  EXPECT_EQ(decoder.remaining(), Unknown);
  static_cast<void>(decoder.next("lo\r\n0\r\n\r\n"));
  EXPECT_EQ(decoder.remaining(), 0U);
}

TEST(BodyDecoder, StaysRefused) {
  BodyDecoder decoder;
  decoder.begin({Kind::Chunked, 0});
  EXPECT_EQ(decoder.next("x").state, Parsed::Refused);
  EXPECT_EQ(decoder.next("0\r\n\r\n").state, Parsed::Refused);
  decoder.begin({Kind::Chunked, 0});
  EXPECT_EQ(decoder.next("0\r\n\r\n").state, Parsed::Done);
}

TEST(BodyDecoder, TellsWhatIsNothingButData) {
  BodyDecoder decoder;
  decoder.begin({Kind::Length, 10});
  EXPECT_EQ(decoder.next("abc").data, "abc");
  EXPECT_EQ(decoder.counted(), 7U);
  EXPECT_EQ(decoder.skip(5), Parsed::More);
  EXPECT_EQ(decoder.next("fgh").data, "fg");
  EXPECT_EQ(decoder.counted(), 0U);
  decoder.begin({Kind::Length, 10});
  EXPECT_EQ(decoder.skip(10), Parsed::Done);
  decoder.begin({Kind::Chunked, 0});
  EXPECT_EQ(decoder.next("5\r\nab").data, "ab");
  EXPECT_EQ(decoder.counted(), 0U);
  decoder.begin({Kind::UntilClose, 0});
  EXPECT_EQ(decoder.counted(), 0U);
}

}  // namespace
}  // namespace portico::http::h1
