// SPDX-License-Identifier: Apache-2.0
// Which JSON is data, and which is refused.
#include "template/json.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

std::string sentence_of(std::string_view json) {
  const auto result = read_json(json);
  const auto* const fault = std::get_if<JsonFault>(&result);
  return fault == nullptr ? std::string() : fault->sentence;
}

Value read(std::string_view json) {
  auto result = read_json(json);
  EXPECT_TRUE(std::holds_alternative<Value>(result)) << sentence_of(json);
  return std::holds_alternative<Value>(result) ? std::get<Value>(std::move(result)) : Value();
}

std::string printed(std::string_view number) {
  return read("{\"n\":" + std::string(number) + "}").member("n")->printed();
}

TEST(TemplateJson, ReadsEveryKindOfValue) {
  EXPECT_EQ(read(R"({"a": "x", "b": 1, "c": 1.5, "d": true, "e": null, "f": [1, {"g": []}]})"),
            Value(Value::Map{
                {"a", "x"},
                {"b", 1},
                {"c", 1.5},
                {"d", true},
                {"e", Value()},
                {"f", Value::List{Value(1), Value::Map{{"g", Value::List()}}}},
            }));
}

TEST(TemplateJson, PrintsNumbersAsTheyWere) {
  for (const auto& [number, text] :
       {std::pair("0", "0"), std::pair("-7", "-7"),
        std::pair("9223372036854775807", "9223372036854775807"), std::pair("0.1", "0.1"),
        std::pair("1e3", "1000"), std::pair("19.90", "19.9")}) {
    EXPECT_EQ(printed(number), text);
  }
}

TEST(TemplateJson, RefusesWhatTwoReadersCouldTakeInTwoWays) {
  for (const std::string_view json : {
           std::string_view(R"({"a": 1, "a": 2})"),
           std::string_view(R"({"a": 1, "\u0061": 2})"),
           std::string_view("{\"a\": \"x\0y\"}", 12),
           std::string_view(R"({"a": "\u0000"})"),
           std::string_view(R"({"a\u0000": 1})"),
           std::string_view("{\"a\": \"\xFF\"}"),
           std::string_view("{\"a\": \"\xC0\x80\"}"),
           std::string_view(R"({"a": "\ud800"})"),
           std::string_view(R"({"a": "\ud800\u0041"})"),
           std::string_view(R"({"a": 9223372036854775808})"),
           std::string_view(R"({"a": 1e999})"),
           std::string_view(R"({"a": 1} {})"),
           std::string_view("{} x"),
           std::string_view("{'a': 1}"),
           std::string_view(R"({"a": 1,})"),
           std::string_view(R"({"a": NaN})"),
           std::string_view(""),
       }) {
    EXPECT_TRUE(sentence_of(json).size() > 10) << json;
  }
}

TEST(TemplateJson, RefusesWhatIsNoMap) {
  for (const char* const json : {"[]", "1", "\"a\"", "null", "true"}) {
    EXPECT_EQ(sentence_of(json), "Data is an object: {\"name\": \"Ada\"}.") << json;
  }
}

TEST(TemplateJson, IsBoundedInDepthAndSize) {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_EQ(sentence_of(nested(MostJsonDepth)), "");
  EXPECT_EQ(sentence_of(nested(MostJsonDepth + 1)), "Nest values at most 32 deep.");
  EXPECT_NE(sentence_of("{\"a\":" + std::string(200'000, '[')), "");
  const std::string frame = R"({"a":""})";
  const auto long_text = [&](std::size_t size) {
    return std::string(frame).insert(6, size - frame.size(), 'x');
  };
  EXPECT_EQ(sentence_of(long_text(MostJsonBytes)), "");
  EXPECT_EQ(sentence_of(long_text(MostJsonBytes + 1)), "Data has at most 256 KiB of JSON.");
}

TEST(TemplateJson, SaysWhere) {
  const auto result = read_json(R"({"a": 1, "a": 2})");
  ASSERT_TRUE(std::holds_alternative<JsonFault>(result));
  EXPECT_GE(std::get<JsonFault>(result).byte, 9U);
}

}  // namespace
}  // namespace portico::notify
