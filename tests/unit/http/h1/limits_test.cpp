// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §3 and RFC 9110 §5.4, §15.5.15: how much a head may be. A limit holds to the byte, and
// for what never ends as well.
#include "unit/http/h1/request_table.h"

namespace portico::http::h1 {
namespace {

const std::string Begin = "GET / HTTP/1.1\r\nHost: a\r\n";

/// A head of exactly `size` bytes.
std::string head_of(std::size_t size) {
  return Begin + "A: " + std::string(size - Begin.size() - 7, 'b') + "\r\n\r\n";
}

std::string with_fields(std::size_t count) {
  std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t i = 1; i < count; ++i) head += "A:b\r\n";
  return head + "\r\n";
}

std::string with_target(std::size_t size) {
  return "GET /" + std::string(size - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

TEST(HeadLimits, BoundTheTarget) {
  const std::string at_most = with_target(Roomy.target_bytes);
  const std::string beyond = with_target(Roomy.target_bytes + 1);
  expect_rows({
      {"the longest", at_most, "GET 1.1 path=/aaa"},
      {"one more", beyond, "414 uri_too_long"},
      {"one more, and nothing else", "GET /" + std::string(Roomy.target_bytes, 'a') + " ", "more"},
      {"without an end", "GET /" + std::string(3 * Roomy.target_bytes, 'a'), "414 uri_too_long"},
      {"one byte before that is known", "GET /" + std::string(Roomy.target_bytes + 37, 'a'),
       "more"},
      {"a method without an end", std::string(3 * Roomy.target_bytes, 'A'), "414 uri_too_long"},
      {"malformed beyond", "GET /" + std::string(3 * Roomy.target_bytes, 'a') + "\x01\r\n",
       "414 uri_too_long"},
      {"malformed before", "GET /\x01" + std::string(3 * Roomy.target_bytes, 'a'),
       "400 bad_target"},
  });
}

TEST(HeadLimits, BoundTheWholeHead) {
  const std::string beyond = head_of(Roomy.head_bytes + 1);
  expect_rows({
      {"the largest", head_of(Roomy.head_bytes), "GET 1.1"},
      {"one more", beyond, "431 headers_too_large"},
      {"one less than the limit, unfinished", beyond.substr(0, Roomy.head_bytes - 1), "more"},
      {"the limit, unfinished", beyond.substr(0, Roomy.head_bytes), "431 headers_too_large"},
      {"empty lines count", "\r\n" + head_of(Roomy.head_bytes - 1), "431 headers_too_large"},
      {"a name without an end", Begin + std::string(2 * Roomy.head_bytes, 'n'),
       "431 headers_too_large"},
      {"a value without an end", Begin + "A: " + std::string(2 * Roomy.head_bytes, 'v'),
       "431 headers_too_large"},
      {"malformed beyond", head_of(2 * Roomy.head_bytes) + "\n", "431 headers_too_large"},
  });
}

TEST(HeadLimits, BoundTheNumberOfFields) {
  expect_rows({
      {"the most", with_fields(Roomy.fields), "GET 1.1"},
      {"one more", with_fields(Roomy.fields + 1), "431 too_many_headers"},
      {"one more, unfinished",
       with_fields(Roomy.fields).substr(0, with_fields(Roomy.fields).size() - 2) + "A", "more"},
  });
}

TEST(HeadLimits, MayBeSmallerThanAnyHead) {
  Requests none({15, 1, 0});
  EXPECT_EQ(read_in_pieces(none, with_fields(1), 1).verdict, "414 uri_too_long");
  Requests fieldless({64, 1, 0});
  EXPECT_EQ(read_in_pieces(fieldless, with_fields(1), 1).verdict, "431 too_many_headers");
}

}  // namespace
}  // namespace portico::http::h1
