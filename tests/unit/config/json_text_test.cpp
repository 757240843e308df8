// SPDX-License-Identifier: Apache-2.0
#include "config/json_text.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

/// The tree in one line: text in quotes, other scalars as they are.
std::string shown(const Node& node) {
  std::string text;
  switch (node.kind()) {
    case Node::Kind::Null: return "null";
    case Node::Kind::Scalar:
      return node.quoted() ? '"' + std::string(node.text()) + '"' : std::string(node.text());
    case Node::Kind::List:
      for (const Node& item : node.items()) text += (text.empty() ? "" : ",") + shown(item);
      return '[' + text + ']';
    case Node::Kind::Map:
      for (const auto& [key, value] : node.entries()) {
        text += (text.empty() ? "" : ",") + shown(key) + ':' + shown(value);
      }
      return '{' + text + '}';
  }
  return text;
}

std::string read(std::string_view text) {
  base::Arena arena;
  const JsonText json = read_json(text, arena);
  if (json.valid()) return shown(json.root);
  return std::to_string(json.fault->line) + ':' + std::to_string(json.fault->column) + ' ' +
         json.fault->sentence;
}

struct Case {
  std::string_view text;
  std::string_view result;
};

TEST(JsonText, IsReadIntoATree) {
  for (const auto& [text, result] :
       std::vector<Case>{{"null", "null"},
                         {" true ", "true"},
                         {"\"a\"", "\"a\""},
                         {"[]", "[]"},
                         {"{}", "{}"},
                         {R"({"a": [1, {"b": null}, "c"], "d": {"e": false}})",
                          R"({"a":[1,{"b":null},"c"],"d":{"e":false}})"},
                         {R"(["\u00e9\ud83d\ude00\n\/"])", "[\"\xC3\xA9\xF0\x9F\x98\x80\n/\"]"},
                         {"{\"\": 1}", R"({"":1})"}}) {
    EXPECT_EQ(read(text), result) << text;
  }
}

TEST(JsonText, KeepsNumbersAsTheyAreWritten) {
  for (const std::string_view number :
       {"0", "-0", "12", "-9223372036854775808", "9223372036854775807", "18446744073709551615",
        "123456789012345678901234567890", "1.50", "1E-2", "-1.5e+10"}) {
    EXPECT_EQ(read(number), number);
  }
}

TEST(JsonText, RefusesWhatIsNotStrict) {
  using namespace std::string_view_literals;
  for (const auto& [text, fault] :
       std::vector<Case>{{"", "1:1 there is no value"},
                         {"  ", "1:3 there is no value"},
                         {"nul", "1:4 no value stands here"},
                         {"True", "1:1 no value stands here"},
                         {"{} {}", "1:4 something follows the value"},
                         {"1,", "1:2 something follows the value"},
                         {"[1,]", "1:4 no value stands here"},
                         {"{\"a\":1,}", "1:8 a key in double quotes is missing"},
                         {"{a:1}", "1:2 a key in double quotes is missing"},
                         {"{'a':1}", "1:2 a key in double quotes is missing"},
                         {"{\"a\" 1}", "1:6 a colon is missing after the key"},
                         {"{\"a\":1\n \"b\":2}", "2:2 a comma or } is missing"},
                         {"[1 2]", "1:4 a comma or ] is missing"},
                         {"[1", "1:3 a comma or ] is missing"},
                         {"// c\n1", "1:1 no value stands here"},
                         {"NaN", "1:1 no value stands here"},
                         {"Infinity", "1:1 no value stands here"},
                         {"+1", "1:1 no value stands here"},
                         {".5", "1:1 no value stands here"},
                         {"01", "1:2 something follows the value"},
                         {"1.", "1:3 digits are missing after the point"},
                         {"1e", "1:3 digits are missing in the exponent"},
                         {"\"a\nb\"", "1:3 a control character in a string must be escaped"},
                         {"\"a", "1:3 a string is not closed"},
                         {R"("\x41")", "1:2 there is no such escape"},
                         {R"("\u12g4")", "1:2 \\u needs four hexadecimal digits"},
                         {R"("\ud800")", "1:2 a surrogate has no partner"},
                         {R"("\ud800\u0041")", "1:2 a surrogate has no partner"},
                         {R"("\udc00")", "1:9 a surrogate has no partner"},
                         {R"({"\udfff": 1})", "1:10 a surrogate has no partner"},
                         {R"("a\u0000b")", "1:11 a string has \\u0000 in it"},
                         {R"({"\u0000": 1})", "1:10 a string has \\u0000 in it"},
                         {"1\0"sv, "1:2 there is a NUL character"},
                         {"\"\0\""sv, "1:2 there is a NUL character"},
                         {"\"\xFF\"", "1:2 there are bytes that are not UTF-8"},
                         {"\"\xC0\xAF\"", "1:2 there are bytes that are not UTF-8"},
                         {"\"\xED\xA0\x80\"", "1:2 there are bytes that are not UTF-8"},
                         {"\xEF\xBB\xBF{}", "1:1 no value stands here"}}) {
    EXPECT_EQ(read(text), fault) << text;
  }
}

TEST(JsonText, RefusesAKeyTwice) {
  EXPECT_EQ(read(R"({"a":1,"b":{"a":2}})"), R"({"a":1,"b":{"a":2}})");
  EXPECT_EQ(read(R"({"a":1,"a":2})"), "1:11 the key \"a\" stands twice in one object");
  EXPECT_EQ(read(R"({"a":1,"\u0061":2})"), "1:16 the key \"a\" stands twice in one object");
}

TEST(JsonText, RefusesAKeyTwiceAmongManyToo) {
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_EQ(read(many + "\"z\":0}").size(), many.size() + 6);
  EXPECT_EQ(read(many + "\"k7\":0}"),
            "1:" + std::to_string(many.size() + 5) + " the key \"k7\" stands twice in one object");
}

TEST(JsonText, NestsNoDeeperThanItsBound) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(read(nested(JsonText::MostDepth)), nested(JsonText::MostDepth));
  EXPECT_EQ(read(nested(JsonText::MostDepth + 1)), "1:33 more than 32 levels are nested");
  EXPECT_EQ(read(std::string(1'000'000, '[')), "1:33 more than 32 levels are nested");
}

TEST(JsonText, OutlivesTheTextItWasReadFrom) {
  base::Arena arena;
  std::string text = R"({"key": ["value", 12]})";
  const JsonText json = read_json(text, arena);
  text.assign(text.size(), '#');
  EXPECT_EQ(shown(json.root), R"({"key":["value",12]})");
}

TEST(JsonText, MarksAscendSoThatProblemsSort) {
  base::Arena arena;
  const JsonText json = read_json(R"({"a": {"b": 1}, "c": 2})", arena);
  const auto entries = json.root.entries();
  EXPECT_EQ(json.root.mark().line, 0U);
  EXPECT_LT(json.root.mark().column, entries[0].key.mark().column);
  EXPECT_LT(entries[0].key.mark().column, entries[0].value.mark().column);
  EXPECT_LT(entries[0].value.mark().column, entries[1].value.mark().column);
}

}  // namespace
}  // namespace portico::config
