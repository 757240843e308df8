// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

std::string written(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

template <class T>
std::string value(T number) {
  std::string out;
  JsonWriter(out).value(number);
  return out;
}

TEST(JsonWriter, EscapesWhatMayNotStandForItself) {
  using namespace std::string_view_literals;
  struct Case {
    std::string_view text;
    std::string_view json;
  };
  for (const auto& [text, json] : std::vector<Case>{
           {"", "\"\""},
           {"plain", "\"plain\""},
           {"a\"b\\c/d", R"("a\"b\\c/d")"},
           {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
           {"\0\x01\x1f\x7f"sv, R"("\u0000\u0001\u001f\u007f")"},
           {"h\xC3\xA9 \xF0\x9F\x98\x80", "\"h\xC3\xA9 \xF0\x9F\x98\x80\""},
           {"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA", "\"\\u2028\\u2029\xE2\x80\xAA\""}}) {
    EXPECT_EQ(written(text), json);
  }
}

TEST(JsonWriter, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(written("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(written("\xC0\xAF"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(written("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(written("cut \xE2\x82"), "\"cut \xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonWriter, WritesWholeNumbersExactly) {
  EXPECT_EQ(value(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(value(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(value(std::uint8_t{200}), "200");
  EXPECT_EQ(value(true), "true");
}

TEST(JsonWriter, WritesDoublesThatReadBackTheSame) {
  for (const double number : {0.1, 1.0 / 3, 1e300, 5e-324, -2.5, 1e21, 123456789.125}) {
    EXPECT_EQ(std::strtod(value(number).c_str(), nullptr), number);
  }
  EXPECT_EQ(value(2.5), "2.5");
  EXPECT_EQ(value(std::nan("")), "null");
  EXPECT_EQ(value(HUGE_VAL), "null");
}

void write_sample(JsonWriter& json) {
  json.begin_object().member("a", 1).key("b").begin_array();
  json.value("x").null().begin_object().end_object().begin_array().end_array();
  json.end_array().key("c").raw("[1]").member("d", false).end_object();
}

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  std::string out;
  JsonWriter json(out);
  write_sample(json);
  EXPECT_EQ(out, R"({"a":1,"b":["x",null,{},[]],"c":[1],"d":false})");
}

TEST(JsonWriter, IndentsForPeople) {
  std::string out;
  JsonWriter json(out, JsonWriter::Layout::Indented);
  write_sample(json);
  EXPECT_EQ(out, R"({
  "a": 1,
  "b": [
    "x",
    null,
    {},
    []
  ],
  "c": [1],
  "d": false
})");
}

}  // namespace
}  // namespace portico::base
