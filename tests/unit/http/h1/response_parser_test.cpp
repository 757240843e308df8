// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §4, §6 and §9: responses of upstreams.
#include "http/h1/response_parser.h"

#include "unit/http/h1/reading.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

constexpr HeadLimits Roomy{512, 128, 10};

struct Row {
  std::string name;
  std::string bytes;
  std::string verdict;
  std::string_view method = "GET";
};

template <std::size_t Count>
void expect_rows(const Row (&rows)[Count]) {
  for (const Row& row : rows) {
    for (const std::size_t step : {row.bytes.size() + 1, std::size_t{1}, std::size_t{7}}) {
      SCOPED_TRACE(row.name + " by " + std::to_string(step));
      Responses subject(Roomy, row.method);
      const Reading reading = read_in_pieces(subject, row.bytes, step);
      EXPECT_EQ(reading.verdict.substr(0, row.verdict.size()), row.verdict) << row.bytes;
      EXPECT_EQ(reading.verdict == "more", row.verdict == "more");
    }
  }
}

std::string line(const std::string& text) { return text + "\r\nContent-Length: 5\r\n\r\n"; }

std::string with(const std::string& fields, std::string_view begin = "HTTP/1.1 200 OK") {
  return std::string(begin) + "\r\n" + fields + "\r\n";
}

TEST(StatusLine, IsReadByTheGrammar) {
  expect_rows({
      {"RFC 9112 §4", line("HTTP/1.1 200 OK"), "200 1.1 reason=OK body=5 keep | Content-Length=5"},
      {"RFC 9112 §4 no reason", line("HTTP/1.1 200 "), "200 1.1 reason= body=5"},
      {"RFC 9112 §4 not even its blank", line("HTTP/1.1 200"), "200 1.1 reason= body=5"},
      {"RFC 9112 §4 any text", line("HTTP/1.1 200 a \t\x80 b"), "200 1.1 reason=a \t\x80 b body=5"},
      {"RFC 9112 §2.3 HTTP/1.0", line("HTTP/1.0 404 Not Found"),
       "404 1.0 reason=Not Found body=5 close"},
      {"RFC 9110 §15 a class of its own", line("HTTP/1.1 999 X"), "999 1.1"},
      {"RFC 9110 §15 below any class", line("HTTP/1.1 099 X"), "502 bad_status_line"},
      {"RFC 9112 §4 two digits", line("HTTP/1.1 20 OK"), "502 bad_status_line"},
      {"RFC 9112 §4 four digits", line("HTTP/1.1 2000 OK"), "502 bad_status_line"},
      {"RFC 9112 §4 no code", line("HTTP/1.1"), "502 bad_status_line"},
      {"RFC 9112 §4 two blanks", line("HTTP/1.1  200 OK"), "502 bad_status_line"},
      {"RFC 9112 §4 letters", line("HTTP/1.1 2x0 OK"), "502 bad_status_line"},
      {"RFC 9112 §2.3 another version", line("HTTP/2.0 200 OK"), "502 bad_status_line"},
      {"RFC 9112 §2.3 a later minor version", line("HTTP/1.2 200 OK"), "502 bad_status_line"},
      {"another protocol", "SSH-2.0-OpenSSH\r\n", "502 bad_status_line"},
      {"malformed but not at its end", "HTTP/1.2 20", "more"},
      {"RFC 9112 §2.2 an empty line before", "\r\n" + line("HTTP/1.1 200 OK"),
       "502 bad_status_line"},
      {"RFC 9112 §2.2 a bare LF", "HTTP/1.1 200 OK\nA: b\r\n\r\n", "502 bad_status_line"},
      {"RFC 9112 §2.2 a bare CR", line("HTTP/1.1 200 O\rK"), "502 bad_status_line"},
      {"RFC 9112 §4 a control character", line("HTTP/1.1 200 \x01"), "502 bad_status_line"},
      {"unfinished", "HTTP/1.1 20", "more"},
      {"unfinished in the reason", "HTTP/1.1 200 O", "more"},
      {"without an end", "HTTP/1.1 200 " + std::string(600, 'x'), "502 headers_too_large"},
  });
}

TEST(ResponseFields, AreReadAsStrictlyAsThoseOfRequests) {
  expect_rows({
      {"RFC 9112 §5.2 folded", with("A: b\r\n c\r\n"), "502 bad_header"},
      {"RFC 9112 §5.1 a blank before the colon", with("A : b\r\n"), "502 bad_header"},
      {"RFC 9110 §5.5 a bare LF", with("A: b\nB: c\r\n"), "502 bad_bytes"},
      {"too many",
       with("A:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\nA:b\r\n"),
       "502 too_many_headers"},
      {"too large", with("A: " + std::string(600, 'x') + "\r\n"), "502 headers_too_large"},
      {"Host and Expect mean nothing here", with("Host: a b\r\nHost: c\r\nExpect: d\r\n"),
       "200 1.1 reason=OK body=until close close"},
  });
}

TEST(ResponseFraming, DependsOnStatusAndMethod) {
  const std::string length = "Content-Length: 5\r\n";
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  expect_rows({
      {"RFC 9112 §6.3 chunked", with(chunked), "200 1.1 reason=OK body=chunked keep"},
      {"RFC 9112 §6.3 neither", with(""), "200 1.1 reason=OK body=until close close"},
      {"RFC 9112 §6.3 HEAD", with(length), "200 1.1 reason=OK body=none told=5 keep", "HEAD"},
      {"RFC 9112 §6.3 HEAD, chunked", with(chunked), "200 1.1 reason=OK body=none keep", "HEAD"},
      {"RFC 9112 §6.3 HEAD, neither", with(""), "200 1.1 reason=OK body=none keep", "HEAD"},
      {"RFC 9112 §6.3 304", with(length, "HTTP/1.1 304 "), "304 1.1 reason= body=none told=5 keep"},
      {"RFC 9112 §6.3 304, chunked", with(chunked, "HTTP/1.1 304 "), "304 1.1 reason= body=none"},
      {"RFC 9112 §6.3 204", with("", "HTTP/1.1 204 "), "204 1.1 reason= body=none keep"},
      {"RFC 9110 §8.6 204 of no bytes", with("Content-Length: 0\r\n", "HTTP/1.1 204 "),
       "204 1.1 reason= body=none told=0 keep"},
      {"RFC 9110 §8.6 204 of some", with(length, "HTTP/1.1 204 "), "502 bad_framing"},
      {"RFC 9112 §6.1 204, chunked", with(chunked, "HTTP/1.1 204 "), "502 bad_framing"},
      {"RFC 9110 §15.2 100", with("", "HTTP/1.1 100 "), "100 1.1 reason= body=none keep"},
      {"RFC 9112 §6.1 103, chunked", with(chunked, "HTTP/1.1 103 "), "502 bad_framing"},
      {"RFC 9110 §15.2.2 101", with("Connection: upgrade\r\nUpgrade: x\r\n", "HTTP/1.1 101 "),
       "101 1.1 reason= body=none close upgrade=x"},
  });
}

TEST(ResponseFraming, IsRefusedWhenTheNextResponseCouldBeginElsewhere) {
  expect_rows({
      {"RFC 9112 §6.3 both", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
       "502 bad_framing"},
      {"RFC 9112 §6.3 both, for HEAD", with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
       "502 bad_framing", "HEAD"},
      {"RFC 9112 §6.3 two lengths", with("Content-Length: 5\r\nContent-Length: 5\r\n"),
       "502 bad_framing"},
      {"RFC 9112 §6.3 no number", with("Content-Length: x\r\n"), "502 bad_framing"},
      {"RFC 9112 §6.3 no number, in a 304", with("Content-Length: x\r\n", "HTTP/1.1 304 "),
       "502 bad_framing"},
      {"RFC 9112 §6.1 another coding", with("Transfer-Encoding: gzip, chunked\r\n"),
       "502 bad_framing"},
      {"RFC 9112 §6.1 twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
       "502 bad_framing"},
      {"RFC 9112 §6.1 in HTTP/1.0", with("Transfer-Encoding: chunked\r\n", "HTTP/1.0 200 OK"),
       "502 bad_framing"},
  });
}

TEST(ResponseFraming, SaysWhetherTheUpstreamMayBeAskedAgain) {
  const std::string length = "Content-Length: 5\r\n";
  expect_rows({
      {"RFC 9112 §9.3 close", with(length + "Connection: close\r\n"),
       "200 1.1 reason=OK body=5 close"},
      {"RFC 9112 §9.3 1.0", with(length, "HTTP/1.0 200 OK"), "200 1.0 reason=OK body=5 close"},
      {"RFC 9112 §9.3 1.0 kept", with(length + "Connection: keep-alive\r\n", "HTTP/1.0 200 OK"),
       "200 1.0 reason=OK body=5 keep"},
  });
}

TEST(ResponseParser, ReadsTheFinalHeadBehindAnInterimOne) {
  const std::string both = with("", "HTTP/1.1 103 Early Hints") + line("HTTP/1.1 200 OK");
  ResponseParser parser(Roomy);
  ASSERT_EQ(parser.parse(both, "GET"), Parsed::Done);
  EXPECT_EQ(parser.head().status, 103);
  const std::string_view rest = std::string_view(both).substr(parser.size());
  parser.reset();
  ASSERT_EQ(parser.parse(rest, "GET"), Parsed::Done);
  EXPECT_EQ(told(parser.head()), "200 1.1 reason=OK body=5 keep | Content-Length=5");
}

}  // namespace
}  // namespace portico::http::h1
