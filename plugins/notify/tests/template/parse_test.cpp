// SPDX-License-Identifier: Apache-2.0
// Sources that are refused, and where the fault is said to be.
#include "template/names.h"
#include "template/parser.h"
#include "tests/template/facts.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::fault_of;
using test::sentence_of;
using test::text;

TEST(TemplateParse, PointsAtTheFault) {
  using Row = std::pair<const char*, const char*>;
  for (const auto& [source, where] : {
           Row{"a {{", "1:3"},
           Row{"a\n {{b", "2:2"},
           Row{"äö {{}}", "1:4"},
           Row{"{{ }}", "1:1"},
           Row{"x{{a b}}", "1:2"},
           Row{"{{#}}{{/}}", "1:1"},
           Row{"{{#a}}", "1:1"},
           Row{"\n{{#a}}{{#b}}{{/b}}", "2:1"},
           Row{"{{/a}}", "1:1"},
           Row{"{{#a}}\n{{/b}}", "2:1"},
           Row{"{{^a}}\n{{#b}}{{/a}}", "2:7"},
           Row{"{{> a}}{{/a}}", "1:8"},
           Row{"{{< a}}text{{/a}}", "1:8"},
           Row{"{{< a}}{{b}}{{/a}}", "1:8"},
           Row{"{{< a}}{{$b}}{{/b}}{{$b}}{{/b}}{{/a}}", "1:20"},
       }) {
    EXPECT_EQ(fault_of(source, Escape::Text).substr(0, fault_of(source, Escape::Text).find(' ')),
              where)
        << source;
    EXPECT_TRUE(fault_of(source, Escape::Text).ends_with('.')) << source;
  }
}

TEST(TemplateParse, TakesNamesAlone) {
  for (const char* const name : {"a", "_", "a1", "A_b", "a.b.c", "a._1", "."}) {
    EXPECT_EQ(fault_of("{{" + std::string(name) + "}}", Escape::Text), "") << name;
  }
  for (const char* const name :
       {"1",   "a-b",    "a.",        ".a", "a..b",  "a.1", "..",  "a/b",  "../a", "a()", "a|b",
        "a b", "@index", "this.a[0]", "a'", "\"a\"", "ä",   "a=b", "${a}", "%a",   "7*7", "a\nb"}) {
    EXPECT_NE(fault_of("{{" + std::string(name) + "}}", Escape::Text), "") << name;
  }
  EXPECT_EQ(fault_of("{{" + std::string(MostNameBytes, 'a') + "}}", Escape::Text), "");
  EXPECT_NE(fault_of("{{" + std::string(MostNameBytes + 1, 'a') + "}}", Escape::Text), "");
}

// Case 130: a partial is a key, never a path.
TEST(TemplateParse, TakesNoPathForAPartial) {
  for (const char* const path :
       {"../secrets", "/etc/passwd", "a/b", "..", ".", "a/../b", "a\\b", "file:a", "a..b",
        "http://a", "a.html/", "%2e%2e", "..%2fetc", "a\xE2\x80\xA4/b", ""}) {
    for (const char sigil : {'>', '<'}) {
      const std::string source = std::string("{{") + sigil + ' ' + path + "}}";
      EXPECT_NE(sentence_of(source, Escape::Text), "") << source;
    }
  }
}

TEST(TemplateParse, KnowsNoWayAroundEscaping) {
  for (const Escape escape : {Escape::Html, Escape::Text, Escape::Line}) {
    for (const char* const source : {"{{{a}}}", "{{&a}}", "{{& a }}", "{{{ a }}}"}) {
      EXPECT_EQ(
          sentence_of(source, escape),
          "There is no unescaped output: write {{name}}, which is escaped as its place asks.");
    }
    EXPECT_EQ(sentence_of("{{=<% %>=}}<%a%>", escape),
              "The marks of tags cannot be changed: they are {{ and }}.");
  }
}

TEST(TemplateParse, PrintsWhatIsNoTag) {
  EXPECT_EQ(text("{ {a} ${b} <%c%> {%d%} }} %n #{e}"), "{ {a} ${b} <%c%> {%d%} }} %n #{e}");
}

TEST(TemplateParse, IsBoundedInSize) {
  EXPECT_EQ(fault_of(std::string(templates::MostSourceBytes, 'a'), Escape::Text), "");
  EXPECT_EQ(sentence_of(std::string(templates::MostSourceBytes + 1, 'a'), Escape::Text),
            "A template has at most 256 KiB; move parts of it into partials.");
}

TEST(TemplateParse, IsBoundedInNesting) {
  const auto nested = [](std::size_t depth) {
    std::string source;
    for (std::size_t i = 0; i < depth; ++i) source += "{{#a}}";
    for (std::size_t i = 0; i < depth; ++i) source += "{{/a}}";
    return source;
  };
  EXPECT_EQ(sentence_of(nested(templates::MostNesting)), "");
  EXPECT_EQ(sentence_of(nested(templates::MostNesting + 1)),
            "Nest sections and blocks at most 32 deep.");
}

TEST(TemplateParse, IsBoundedInBlocksOfALayout) {
  const auto layout = [](std::size_t blocks) {
    std::string source = "{{<l}}";
    for (std::size_t i = 0; i < blocks; ++i) {
      const std::string name = "b" + std::to_string(i);
      source.append("{{$").append(name).append("}}{{/").append(name).append("}}");
    }
    return source + "{{/l}}";
  };
  EXPECT_EQ(sentence_of(layout(templates::MostBlocks)), "");
  EXPECT_EQ(sentence_of(layout(templates::MostBlocks + 1)),
            "Replace at most 32 blocks of a layout.");
}

}  // namespace
}  // namespace portico::notify
