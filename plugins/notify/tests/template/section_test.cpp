// SPDX-License-Identifier: Apache-2.0
// Variables, sections and lines.
#include "tests/template/facts.h"

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::html;
using test::line;
using test::text;

TEST(TemplateVariable, PrintsPlainValues) {
  EXPECT_EQ(text("{{a}} {{ b }} {{c}} {{d}}.", R"({"a": "x", "b": -3, "c": 0.5, "d": false})"),
            "x -3 0.5 false.");
  EXPECT_EQ(text("{{order.address.city}}", R"({"order": {"address": {"city": "Bern"}}})"), "Bern");
  EXPECT_EQ(text("[{{a}}]", R"({"a": ""})"), "[]");
}

TEST(TemplateVariable, IsNamedWhereItIsMissing) {
  for (const auto& [source, json] : {
           std::pair("a {{code}}", "{}"),
           std::pair("a {{code}}", R"({"code": null})"),
           std::pair("{{#x}}{{code}}{{/x}}", R"({"x": true})"),
       }) {
    EXPECT_EQ(text(source, json),
              "!missing code: There is no \"code\" in the data: add it, or write "
              "{{#code}}...{{/code}} around what needs it.");
  }
  EXPECT_TRUE(text("{{a.b}}", R"({"a": {"c": 1}})").starts_with("!missing a.b:"));
  EXPECT_TRUE(text("{{a.b}}", R"({"a": "text"})").starts_with("!missing a.b:"));
  EXPECT_TRUE(text("{{#l}}{{.}}{{/l}}", R"({"l": [null]})").starts_with("!missing .:"));
}

TEST(TemplateVariable, SaysWhereItIsMissing) {
  const auto result =
      render(test::parsed("one\ntwü {{code}}", Escape::Text), Value::Map(), NoPartials());
  ASSERT_TRUE(std::holds_alternative<RenderFault>(result));
  EXPECT_EQ(std::get<RenderFault>(result).line, 2U);
  EXPECT_EQ(std::get<RenderFault>(result).column, 7U);
}

TEST(TemplateVariable, IsNoListAndNoMap) {
  EXPECT_TRUE(text("{{a}}", R"({"a": [1]})").starts_with("!not plain a:"));
  EXPECT_TRUE(text("{{a}}", R"({"a": {}})").starts_with("!not plain a:"));
}

TEST(TemplateSection, IsRenderedWhereItHolds) {
  for (const auto& [value, made] : {
           std::pair("true", "+"),
           std::pair("false", "-"),
           std::pair("null", "-"),
           std::pair("0", "-"),
           std::pair("0.0", "-"),
           std::pair("2", "+"),
           std::pair("\"\"", "-"),
           std::pair("\"no\"", "+"),
           std::pair("[]", "-"),
           std::pair("[0]", "+"),
           std::pair("{}", "+"),
       }) {
    EXPECT_EQ(text("{{#a}}+{{/a}}{{^a}}-{{/a}}", R"({"a": )" + std::string(value) + "}"), made)
        << value;
  }
  EXPECT_EQ(text("{{#a}}+{{/a}}{{^a}}-{{/a}}"), "-") << "A section may ask for what is missing.";
  EXPECT_EQ(text("{{#a.b}}+{{/a.b}}{{^a.b}}-{{/a.b}}", R"({"a": {"b": 1}})"), "+");
}

TEST(TemplateSection, RepeatsForEachOfAList) {
  EXPECT_EQ(text("{{#l}}{{.}},{{/l}}", R"({"l": ["a", 2, true]})"), "a,2,true,");
  EXPECT_EQ(
      text("{{#l}}{{n}}{{#m}}-{{.}}{{/m}};{{/l}}", R"({"l": [{"n": 1, "m": [8, 9]}, {"n": 2}]})"),
      "1-8-9;2;");
  EXPECT_EQ(text("{{#l}}{{#.}}{{.}}{{/.}}|{{/l}}", R"({"l": [[1, 2], [3]]})"), "12|3|");
}

TEST(TemplateSection, LooksFromTheInsideOut) {
  EXPECT_EQ(text("{{#a}}{{x}}{{y}}{{/a}}", R"({"x": 1, "y": 2, "a": {"x": 3}})"), "32");
  EXPECT_EQ(text("{{#name}}Hello {{name}}{{/name}}", R"({"name": "Ada"})"), "Hello Ada");
}

TEST(TemplateSection, TakesTheInnermostEvenWhereItHasNothing) {
  EXPECT_TRUE(text("{{#a}}{{x}}{{/a}}", R"({"x": 1, "a": {"x": null}})").starts_with("!missing x"));
  EXPECT_TRUE(text("{{#a}}{{x.y}}{{/a}}", R"({"x": {"y": 1}, "a": {"x": {}}})")
                  .starts_with("!missing x.y"));
}

TEST(TemplateLines, AreTakenByTagsThatStandAlone) {
  EXPECT_EQ(text("a\n{{#x}}\nb\n{{/x}}\nc\n", R"({"x": 1})"), "a\nb\nc\n");
  EXPECT_EQ(text("a\n  {{! note }}  \nb"), "a\nb");
  EXPECT_EQ(text("{{#x}}\nb\n{{/x}}", R"({"x": 1})"), "b\n");
  EXPECT_EQ(text("a {{#x}}\nb\n{{/x}}\n", R"({"x": 1})"), "a \nb\n");
  EXPECT_EQ(text("{{x}}\n{{x}}\n", R"({"x": 1})"), "1\n1\n");
}

TEST(TemplateLines, EndInOneWay) {
  EXPECT_EQ(text("a\r\n{{#x}}\r\nb\r\n{{/x}}\r\n", R"({"x": 1})"), "a\nb\n");
  EXPECT_EQ(text("{{a}}|", R"({"a": "1\r\n2\r3\u20284"})"), "1\n2\n3\n4|");
}

// Case 127: what would begin a new field of a mail's head.
TEST(TemplateLine, IsOneLineWhateverTheData) {
  for (const char* const end : {"\\r\\n", "\\n", "\\r", "\\u2028", "\\u2029"}) {
    const std::string json = R"({"a": "Hello)" + std::string(end) + R"(Bcc: eve@example.com"})";
    EXPECT_EQ(line("Re: {{a}}", json), "Re: Hello Bcc: eve@example.com") << end;
  }
  EXPECT_EQ(line("{{a}}", R"({"a": "x\u0085y\u000bz"})"), "xyz");
  EXPECT_EQ(line("Subject\n"), "Subject");
  EXPECT_EQ(test::fault_of("a\nb", Escape::Line), "1:2 A subject is one line.");
}

TEST(TemplateText, HasNoControlCharacters) {
  EXPECT_EQ(text("{{a}}", "{\"a\": \"a\\u0001\\u001b[31mb\\tc\\u007f\\u0080\\u009fd\"}"),
            "a[31mb\tcd");
  EXPECT_EQ(text("{{a}}", R"({"a": "x\u202Emoc\u2066y"})"), "xmocy");
  EXPECT_EQ(html("{{a}}", R"({"a": "x\u0008\u202Ey\n\tz"})"), "xy\n\tz");
  EXPECT_EQ(test::fault_of("ab\x1B", Escape::Text),
            "1:3 There is a control character here; take it out.");
  EXPECT_NE(test::fault_of("a\rb", Escape::Text), "");
  EXPECT_NE(test::fault_of("a\xFF", Escape::Html), "");
}

TEST(TemplateText, IsNotEscaped) {
  EXPECT_EQ(text("{{a}}", R"({"a": "<b> & \"q\" 'p'"})"), "<b> & \"q\" 'p'");
}

TEST(TemplateText, ReplacesBrokenCharacters) {
  const Value broken = Value::Map{{"a", std::string("x\xC3(\xFF")}};
  EXPECT_EQ(test::made(test::parsed("{{a}}", Escape::Text), broken), "x\xEF\xBF\xBD(\xEF\xBF\xBD");
  EXPECT_EQ(test::made(test::parsed("{{a}}", Escape::Html), broken), "x\xEF\xBF\xBD(\xEF\xBF\xBD");
}

}  // namespace
}  // namespace portico::notify
