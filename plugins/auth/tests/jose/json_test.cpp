// SPDX-License-Identifier: Apache-2.0
#include "jose/json.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

bool reads(std::string_view text) { return Json::object(text).has_value(); }

std::string nested(std::size_t depth) {
  return R"({"a":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

TEST(StrictJson, KeepsMembersInOrder) {
  const auto json = Json::object(R"({"a":"x","b":[1,"y",null],"c":{"d":true}, "e":-1,"f":1.5})");
  ASSERT_TRUE(json);
  std::string names;
  for (const Json::Value member : json->root()) names += member.key();
  EXPECT_EQ(names, "abcef");
  EXPECT_EQ(json->root().member("a")->text(), "x");
  EXPECT_EQ(json->root().member("c")->member("d")->kind(), Json::Kind::Bool);
  EXPECT_EQ(json->root().member("e")->kind(), Json::Kind::Number);
  EXPECT_EQ(json->root().member("z"), std::nullopt);
}

TEST(StrictJson, KeepsElementsInOrder) {
  const auto json = Json::object(R"({"b":[1,"y",18446744073709551615]})");
  ASSERT_TRUE(json);
  auto element = json->root().member("b")->begin();
  EXPECT_EQ((*element).integer(), 1U);
  EXPECT_EQ((*++element).text(), "y");
  EXPECT_EQ((*++element).integer(), 18446744073709551615U);
  EXPECT_EQ(++element, json->root().member("b")->end());
}

TEST(StrictJson, ResolvesEscapes) {
  const auto json = Json::object(R"({"\u0061":"\"\\\/\n\u00e9\ud83d\ude00"})");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->root().member("a")->text(), "\"\\/\n\u00e9\U0001F600");
}

TEST(StrictJson, StaysWhenMoved) {
  auto json = Json::object(R"({"a":"x"})");
  ASSERT_TRUE(json);
  const Json moved = std::move(*json);
  EXPECT_EQ(moved.root().member("a")->text(), "x");
}

TEST(StrictJson, RefusesTwoMembersOfOneName) {
  EXPECT_FALSE(reads(R"({"a":1,"a":1})"));
  EXPECT_FALSE(reads(R"({"a":1,"\u0061":2})"));
  EXPECT_FALSE(reads(R"({"x":[{"y":{"a":1,"b":2,"a":3}}]})"));
  EXPECT_TRUE(reads(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]})"));
}

TEST(StrictJson, RefusesNul) {
  EXPECT_FALSE(reads(R"({"a\u0000b":1})"));
  EXPECT_FALSE(reads(R"({"a":"x\u0000"})"));
  EXPECT_FALSE(reads(std::string_view("{\"a\":\"x\0\"}", 10)));
  EXPECT_FALSE(reads(std::string_view("{}\0", 3)));
  EXPECT_FALSE(reads(std::string_view("{}\0{\"a\":1}", 10)));
}

TEST(StrictJson, RefusesWhatIsNotUtf8) {
  for (const char* const bad :
       {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\xC3", "long enough\xFF", "\xE2\x82"}) {
    EXPECT_FALSE(reads(R"({"a":")" + std::string(bad) + "\"}")) << bad;
    EXPECT_FALSE(reads("{\"" + std::string(bad) + "\":1}")) << bad;
  }
  EXPECT_TRUE(reads("{\"a\":\"\u00e9\u20ac\U0001F600 and much more text\"}"));
}

TEST(StrictJson, RefusesLoneSurrogates) {
  EXPECT_FALSE(reads(R"({"a":"\ud800"})"));
  EXPECT_FALSE(reads(R"({"a":"\udc00"})"));
  EXPECT_FALSE(reads(R"({"a":"\ud800\u0041"})"));
}

TEST(StrictJson, RefusesWhatIsNotOneObject) {
  for (const char* const text : {"",
                                 " ",
                                 "[]",
                                 "1",
                                 "\"a\"",
                                 "null",
                                 "{",
                                 "{}{}",
                                 "{} x",
                                 "{'a':1}",
                                 "{a:1}",
                                 "{\"a\":1,}",
                                 "{\"a\":[1,]}",
                                 "\xEF\xBB\xBF{}",
                                 "{\"a\":NaN}",
                                 "{\"a\":01}",
                                 "{\"a\":+1}",
                                 "{\"a\":.5}",
                                 "{\"a\":1.}",
                                 "{\"a\":1e400}",
                                 "{\"a\":\"\n\"}",
                                 "{/**/}",
                                 "{\"a\":tru}"}) {
    EXPECT_FALSE(reads(text)) << text;
  }
  EXPECT_TRUE(reads(" {\r\n\t} "));
}

TEST(StrictJson, EndsAtItsDepth) {
  EXPECT_TRUE(reads(nested(Json::MostDepth)));
  EXPECT_FALSE(reads(nested(Json::MostDepth + 1)));
  EXPECT_FALSE(reads(R"({"a":)" + std::string(100'000, '[')));
}

TEST(StrictJson, BoundsTheMembersOfAnObject) {
  std::string text = "{";
  for (std::size_t i = 0; i < Json::MostMembers; ++i) text += '"' + std::to_string(i) + "\":0,";
  text.back() = '}';
  EXPECT_TRUE(reads(text));
  text.back() = ',';
  EXPECT_FALSE(reads(text + "\"more\":0}"));
}

}  // namespace
}  // namespace portico::auth
