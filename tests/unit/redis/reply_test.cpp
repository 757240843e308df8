// SPDX-License-Identifier: Apache-2.0
#include "redis/reply.h"

#include "redis/reply_reader.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::redis {
namespace {

using Kind = RedisValue::Kind;
using Step = ReplyReader::Step;
using namespace std::string_view_literals;

/// The only reply in these bytes.
RedisReply read(std::string_view bytes, base::Arena* arena = nullptr) {
  ReplyReader reader;
  EXPECT_TRUE(reader.feed(bytes));
  EXPECT_EQ(reader.next(), Step::Reply);
  RedisReply reply = reader.make(arena);
  EXPECT_EQ(reader.next(), Step::NeedsMore);
  return reply;
}

TEST(RedisReply, IsReadInEachOfItsKinds) {
  EXPECT_EQ(read("+OK\r\n").text(), "OK");
  EXPECT_EQ(read(":-42\r\n").integer(), -42);
  EXPECT_EQ(read("$5\r\na\r\n\0b\r\n"sv).text(), "a\r\n\0b"sv);
  EXPECT_EQ(read("$-1\r\n").kind(), Kind::Nothing);
  EXPECT_EQ(read("*-1\r\n").kind(), Kind::Nothing);
  EXPECT_EQ(read("*0\r\n").kind(), Kind::List);
  const RedisReply error = read("-ERR no\r\n");
  EXPECT_EQ(error.kind(), Kind::Error);
  EXPECT_EQ(error.text(), "ERR no");
  EXPECT_FALSE(error.ok());
  EXPECT_TRUE(read("$-1\r\n").ok());
}

TEST(RedisReply, TakesATextForTheIntegerThatItIs) {
  EXPECT_EQ(read("$3\r\n120\r\n").integer(), 120);
  EXPECT_EQ(read("$3\r\n12x\r\n").integer(), std::nullopt);
  EXPECT_EQ(read("$0\r\n\r\n").integer(), std::nullopt);
  EXPECT_EQ(read("*1\r\n:1\r\n").integer(), std::nullopt);
}

TEST(RedisReply, HoldsListsInLists) {
  base::Arena arena;
  const RedisReply reply =
      read("*4\r\n:1\r\n*2\r\n$1\r\na\r\n*1\r\n-ERR x\r\n$-1\r\n+last\r\n", &arena);
  ASSERT_EQ(reply.size(), 4U);
  EXPECT_EQ(reply[0].integer(), 1);
  ASSERT_EQ(reply[1].size(), 2U);
  EXPECT_EQ(reply[1][0].text(), "a");
  EXPECT_EQ(reply[1][1][0].kind(), Kind::Error);
  EXPECT_EQ(reply[1][1][0].text(), "ERR x");
  EXPECT_EQ(reply[2].kind(), Kind::Nothing);
  EXPECT_EQ(reply[3].text(), "last");
  EXPECT_EQ(reply[4].kind(), Kind::Nothing) << "past the end";
  EXPECT_EQ(reply[0][0].kind(), Kind::Nothing) << "of no list";
}

TEST(RedisReply, IsReadHoweverItIsCut) {
  const std::string bytes = "*2\r\n$10\r\n0123456789\r\n*1\r\n:7\r\n";
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    ReplyReader reader;
    ASSERT_TRUE(reader.feed(std::string_view(bytes).substr(0, cut)));
    ASSERT_EQ(reader.next(), Step::NeedsMore) << cut;
    ASSERT_TRUE(reader.feed(std::string_view(bytes).substr(cut)));
    ASSERT_EQ(reader.next(), Step::Reply) << cut;
    const RedisReply reply = reader.make(nullptr);
    EXPECT_EQ(reply[0].text(), "0123456789");
    EXPECT_EQ(reply[1][0].integer(), 7);
  }
}

TEST(RedisReply, IsReadBehindAnother) {
  ReplyReader reader;
  ASSERT_TRUE(reader.feed("+one\r\n+two\r\n:3\r\n"));
  ASSERT_EQ(reader.next(), Step::Reply);
  EXPECT_EQ(reader.make(nullptr).text(), "one");
  ASSERT_EQ(reader.next(), Step::Reply);
  EXPECT_EQ(reader.text(), "two");
  ASSERT_EQ(reader.next(), Step::Reply);
  EXPECT_EQ(reader.kind(), Kind::Integer);
  EXPECT_EQ(reader.next(), Step::NeedsMore);
}

TEST(RedisReply, OfWhatIsNoneBreaksTheReader) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "*1\r\n";
  for (const std::string_view bytes :
       {std::string_view("HTTP/1.1 200 OK\r\n"), "\r\n"sv, "$x\r\n"sv, "$-2\r\n"sv, "*-7\r\n"sv,
        ":12a\r\n"sv, "*99999999999999\r\n"sv, "$99999999999999999999\r\n"sv,
        std::string_view(deep), "\0\0\0\0\r\n"sv}) {
    ReplyReader reader;
    ASSERT_TRUE(reader.feed(bytes));
    EXPECT_EQ(reader.next(), Step::Broken) << bytes;
    EXPECT_EQ(reader.next(), Step::Broken) << bytes;
    reader.reset();
    ASSERT_TRUE(reader.feed("+OK\r\n"));
    EXPECT_EQ(reader.next(), Step::Reply) << "of the next connection";
  }
}

TEST(RedisReply, PromisedInVainTakesNoMemory) {
  ReplyReader reader;
  ASSERT_TRUE(reader.feed("*2147483647\r\n:1\r\n"));
  EXPECT_EQ(reader.next(), Step::NeedsMore);
}

TEST(RedisReply, CanBeMadeByATest) {
  std::vector<RedisReply> inner;
  inner.push_back(RedisReply::of("deep"));
  inner.push_back(RedisReply::none());
  std::vector<RedisReply> items;
  items.push_back(RedisReply::of(std::int64_t{7}));
  items.push_back(RedisReply::of(std::move(inner)));
  items.push_back(RedisReply::refused("ERR no"));
  const RedisReply list = RedisReply::of(std::move(items));
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].integer(), 7);
  EXPECT_EQ(list[1][0].text(), "deep");
  EXPECT_EQ(list[1][1].kind(), Kind::Nothing);
  EXPECT_EQ(list[2].text(), "ERR no");
  EXPECT_TRUE(RedisReply::lost("gone").away());
}

TEST(RedisReply, LeavesNothingBehindWhenItIsMoved) {
  RedisReply one = RedisReply::of("one");
  RedisReply other = std::move(one);
  EXPECT_EQ(one.kind(), Kind::Nothing);  // NOLINT(bugprone-use-after-move): that is the question.
  other = RedisReply::of("two");
  EXPECT_EQ(other.text(), "two");
  EXPECT_TRUE(away(Away::TimedOut).away());
  EXPECT_EQ(away(Away::TimedOut).text(), "no answer in time");
}

}  // namespace
}  // namespace portico::redis
