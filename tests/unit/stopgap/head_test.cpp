// SPDX-License-Identifier: Apache-2.0
#include "stopgap/head.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::stopgap {
namespace {

using namespace std::string_literals;

constexpr HeadLimits Small{1024, 200, 10};

/// Fed byte by byte. 0: needs more; a status: refused; else minus the length found.
int scan(std::string_view bytes, HeadLimits limits = Small) {
  HeadScanner scanner(limits);
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    const auto result = scanner.scan(bytes.substr(0, size));
    if (const auto* refusal = std::get_if<Refusal>(&result)) return refusal->status;
    if (const auto* found = std::get_if<HeadScanner::Found>(&result)) {
      return -static_cast<int>(found->length);
    }
  }
  return 0;
}

/// 200, or the status of the refusal.
int status(std::string_view bytes) {
  const auto parsed = parse_head(bytes);
  const auto* refusal = std::get_if<Refusal>(&parsed);
  return refusal == nullptr ? 200 : refusal->status;
}

int with_fields(const std::string& fields, std::string_view version = "HTTP/1.1") {
  return status("POST / " + std::string(version) + "\r\nHost: a\r\n" + fields + "\r\n");
}

int with_line(const std::string& line) { return status(line + "\r\nHost: a\r\n\r\n"); }

TEST(HeadScanner, FindsTheEndWhereverTheBytesAreCut) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  EXPECT_EQ(scan(head), -static_cast<int>(head.size()));
  HeadScanner scanner(Small);
  const auto result = scanner.scan(head + "GET /next");
  ASSERT_TRUE(std::holds_alternative<HeadScanner::Found>(result));
  EXPECT_EQ(std::get<HeadScanner::Found>(result).length, head.size());
}

TEST(HeadScanner, WaitsForAnIncompleteHead) {
  for (const char* part :
       {"G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "\r\n", "\r"}) {
    EXPECT_EQ(scan(part), 0) << part;
  }
}

TEST(HeadScanner, RefusesBareLineEndsAndNulAtOnce) {
  EXPECT_EQ(scan("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(scan("\n"), 400);
  EXPECT_EQ(scan("GET /\rx"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\nX"), 400);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\r\r\n"), 400);
  EXPECT_EQ(scan("GET /\0 HTTP/1.1"s), 400);
}

TEST(HeadScanner, SkipsOneEmptyLineInFrontAndNoMore) {
  EXPECT_LT(scan("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(scan("\r\n\r\n"), 400);
}

TEST(HeadScanner, BoundsTargetHeadAndFields) {
  EXPECT_EQ(scan("GET /" + std::string(250, 'x')), 414);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nX: " + std::string(1100, 'x')), 431);
  std::string many = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 11; ++i) many += "X: y\r\n";
  EXPECT_EQ(scan(many + "\r\n"), 431);
  std::string exact = "GET / HTTP/1.1\r\nX: ";
  exact += std::string(Small.bytes - exact.size() - 4, 'x') + "\r\n\r\n";
  EXPECT_EQ(scan(exact), -1024);
}

TEST(Head, IsTakenApart) {
  const auto parsed = parse_head(
      "PUT /a?b=c HTTP/1.1\r\nHost: example.com:80\r\nX-A:\t v w \r\ncontent-length: 12\r\n\r\n");
  ASSERT_TRUE(std::holds_alternative<Head>(parsed));
  const Head& head = std::get<Head>(parsed);
  EXPECT_EQ(head.method, "PUT");
  EXPECT_EQ(head.target, "/a?b=c");
  EXPECT_EQ(head.minor_version, 1);
  EXPECT_EQ(head.host, "example.com:80");
  ASSERT_EQ(head.fields.size(), 3u);
  EXPECT_EQ(head.fields[1].name, "X-A");
  EXPECT_EQ(head.fields[1].value, "v w");
  EXPECT_EQ(head.content_length, 12u);
  EXPECT_FALSE(head.chunked);
}

TEST(Head, HasARequestLineOfThreeWords) {
  for (const char* line :
       {"GET", "GET /", "GET  / HTTP/1.1", "GET /  HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ",
        "GET / HTTP/1.1 x", "GET\t/ HTTP/1.1", "G(T / HTTP/1.1", "GET /\x7f HTTP/1.1",
        "GET /\xc3\xbc HTTP/1.1", "GET / http/1.1", "GET / HTTP/1", "GET / HTTP/11",
        "GET / HTTP/1.10", "GET / HTTP1.1", "GET / HTTP/+1.1", "GET / ", "/ HTTP/1.1"}) {
    EXPECT_EQ(with_line(line), 400) << line;
  }
  EXPECT_EQ(with_line(std::string(33, 'A') + " / HTTP/1.1"), 400);
  EXPECT_EQ(with_line("GET / HTTP/1.1"), 200);
  EXPECT_EQ(with_line("GET / HTTP/1.0"), 200);
}

TEST(Head, RefusesOtherVersions) {
  for (const char* line :
       {"GET / HTTP/2.0", "GET / HTTP/0.9", "GET / HTTP/9.9", "PRI * HTTP/2.0"}) {
    EXPECT_EQ(with_line(line), 505) << line;
  }
}

TEST(Head, RefusesMalformedFields) {
  for (const char* fields :
       {"X\r\n", ": v\r\n", "X : v\r\n", "X\t: v\r\n", " X: v\r\n", "A: b\r\n folded\r\n",
        "A: b\r\n\tfolded\r\n", "X(: v\r\n", "X: a\x01\r\n", "X: a\x7f\r\n", "\xc3\xbc: v\r\n"}) {
    EXPECT_EQ(with_fields(fields), 400) << fields;
  }
  EXPECT_EQ(with_fields("X:\r\nY: gr\xc3\xbc\xc3\x9f\tw\r\n"), 200);
}

TEST(Head, NeedsExactlyOneHost) {
  EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.0\r\n\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400);
  EXPECT_EQ(with_fields("Host: a\r\n"), 400);
  EXPECT_EQ(with_fields("hOST: b\r\n"), 400);
}

TEST(Head, RefusesEveryUnclearLength) {
  for (const char* fields : {"Content-Length: 5\r\nContent-Length: 5\r\n",
                             "Content-Length: 5\r\nContent-Length: 6\r\n",
                             "Content-Length: 5, 5\r\n",
                             "Content-Length: +5\r\n",
                             "Content-Length: -1\r\n",
                             "Content-Length: 0x5\r\n",
                             "Content-Length: 1,000\r\n",
                             "Content-Length: 5 5\r\n",
                             "Content-Length:\r\n",
                             "Content-Length: 99999999999999999999\r\n",
                             "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: gzip, chunked\r\n",
                             "Transfer-Encoding: chunked, chunked\r\n",
                             "Transfer-Encoding: \x0b"
                             "chunked\r\n",
                             "Transfer-Encoding: xchunked\r\n",
                             "Transfer-Encoding:\r\n",
                             "Transfer-Encoding: identity\r\n",
                             "Transfer-Encoding: \"chunked\"\r\n",
                             "Transfer-Encoding : chunked\r\n"}) {
    EXPECT_EQ(with_fields(fields), 400) << fields;
  }
  EXPECT_EQ(with_fields("Transfer-Encoding: chunked\r\n", "HTTP/1.0"), 400);
  EXPECT_EQ(with_fields("Transfer-Encoding: Chunked\r\n"), 200);
  EXPECT_EQ(with_fields("Content-Length: 005\r\n"), 200);
}

TEST(Head, KnowsOneExpectation) {
  EXPECT_EQ(with_fields("Expect: 100-Continue\r\n"), 200);
  EXPECT_EQ(with_fields("Expect: tea\r\n"), 417);
  EXPECT_EQ(with_fields("Expect: tea\r\n", "HTTP/1.0"), 200);
}

}  // namespace
}  // namespace portico::stopgap
