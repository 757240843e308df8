// SPDX-License-Identifier: Apache-2.0
// What callers of the parser rely on beside what it makes of the bytes.
#include "http/h1/request_parser.h"

#include "unit/http/h1/reading.h"

#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

const std::string Head = "GET /a?b HTTP/1.1\r\nHost: c\r\nA: d\r\n\r\n";

bool within(std::string_view part, std::string_view whole) {
  return part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size();
}

TEST(RequestParser, LeavesWhatFollowsTheHead) {
  RequestParser parser({});
  ASSERT_EQ(parser.parse(Head + "body \n\0 of anything"), Parsed::Done);
  EXPECT_EQ(parser.size(), Head.size());
}

TEST(RequestParser, CountsEmptyLinesToTheHead) {
  RequestParser parser({});
  ASSERT_EQ(parser.parse("\r\n" + Head), Parsed::Done);
  EXPECT_EQ(parser.size(), Head.size() + 2);
}

TEST(RequestParser, GivesViewsIntoTheBytesOfTheLastCall) {
  std::vector<char> first(Head.begin(), Head.end() - 4);
  RequestParser parser({});
  ASSERT_EQ(parser.parse({first.data(), first.size()}), Parsed::More);
  const std::string moved = Head;
  std::memset(first.data(), 'x', first.size());
  ASSERT_EQ(parser.parse(moved), Parsed::Done);
  const RequestHead& head = parser.head();
  for (const std::string_view part : {head.method, head.target, head.path, head.query, head.host,
                                      head.fields[1].name, head.fields[1].value}) {
    EXPECT_TRUE(within(part, moved)) << part;
  }
}

TEST(RequestParser, GoesOnInTheSameMemory) {
  RequestParser parser({});
  for (std::size_t size = 0; size < Head.size(); ++size) {
    ASSERT_EQ(parser.parse({Head.data(), size}), Parsed::More) << size;
  }
  ASSERT_EQ(parser.parse(Head), Parsed::Done);
  EXPECT_EQ(told(parser.head()), "GET 1.1 path=/a query=b host=c body=none keep | Host=c | A=d");
}

TEST(RequestParser, RemembersNothingOfTheLastHead) {
  RequestParser parser({});
  ASSERT_EQ(parser.parse("OPTIONS * HTTP/1.1\r\nHost: z\r\nConnection: close, upgrade\r\n"
                         "Upgrade: y\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n"),
            Parsed::Done);
  parser.reset();
  ASSERT_EQ(parser.parse("GET http://a/ HTTP/1.0\r\nExpect: x\r\nExp"), Parsed::More);
  parser.reset();
  ASSERT_EQ(parser.parse(Head), Parsed::Done);
  EXPECT_EQ(told(parser.head()), "GET 1.1 path=/a query=b host=c body=none keep | Host=c | A=d");
}

TEST(RequestParser, ReadsOneHeadAfterAnother) {
  const std::string three = Head + Head + Head;
  RequestParser parser({});
  std::string_view rest = three;
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(parser.parse(rest), Parsed::Done);
    rest.remove_prefix(parser.size());
    parser.reset();
  }
  EXPECT_TRUE(rest.empty());
}

TEST(RequestParser, WaitsWhenThereIsNothing) {
  RequestParser parser({});
  EXPECT_EQ(parser.parse({}), Parsed::More);
  EXPECT_EQ(parser.parse(Head), Parsed::Done);
}

}  // namespace
}  // namespace portico::http::h1
