// SPDX-License-Identifier: Apache-2.0
// Partials, layouts and blocks.
#include "template/activation.h"
#include "tests/template/facts.h"

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::html;
using test::Table;
using test::text;

TEST(TemplatePartial, IsRenderedInPlace) {
  Table partials;
  partials.add("site.footer", "<i>{{name}}</i>");
  EXPECT_EQ(html("a{{> site.footer}}b{{>site.footer}}", R"({"name": "<"})", partials),
            "a<i>&lt;</i>b<i>&lt;</i>");
  EXPECT_EQ(html("{{#l}}{{> site.footer}}{{/l}}", R"({"l": [{"name": 1}, {"name": 2}]})", partials),
            "<i>1</i><i>2</i>");
}

TEST(TemplatePartial, IsNamedWhereItIsMissing) {
  EXPECT_EQ(html("a{{> x.y}}"),
            "!no partial x.y: There is no template \"x.y\" with a part html: write it, or take "
            "this out.");
}

TEST(TemplatePartial, TellsWhereItsFaultIs) {
  Table partials;
  partials.add("p", "\n{{code}}");
  const auto result = render(test::parsed("{{> p}}", Escape::Html), Value::Map(), partials);
  ASSERT_TRUE(std::holds_alternative<RenderFault>(result));
  const auto& fault = std::get<RenderFault>(result);
  EXPECT_EQ(fault.within, "p");
  EXPECT_EQ(fault.part, Escape::Html);
  EXPECT_EQ(fault.line, 2U);
}

// A text that was never escaped must not get into HTML.
TEST(TemplatePartial, IsOfTheKindOfWhatNamesIt) {
  Table partials(Escape::Text);
  partials.add("p", "{{a}}");
  EXPECT_EQ(text("{{> p}}", R"({"a": "<b>"})", partials), "<b>");
  EXPECT_TRUE(html("{{> p}}", R"({"a": "<b>"})", partials).starts_with("!no partial p"));
  EXPECT_TRUE(test::line("{{> p}}", R"({"a": "x"})", partials).starts_with("!no partial p"));
}

// Case 130: recursion.
TEST(TemplatePartial, HasNotItselfAsAPart) {
  Table partials;
  partials.add("a", "{{> b}}").add("b", "{{#x}}{{> a}}{{/x}}").add("self", "{{> self}}");
  partials.add("layout", "{{<layout}}{{/layout}}");
  EXPECT_EQ(html("{{> self}}", "{}", partials),
            "!recursion self: The template \"self\" has itself as a part; take this out.");
  EXPECT_TRUE(html("{{> a}}", R"({"x": 1})", partials).starts_with("!recursion a"));
  EXPECT_TRUE(html("{{> layout}}", "{}", partials).starts_with("!recursion layout"));
  EXPECT_EQ(html("{{> a}}", "{}", partials), "") << "The section is left out.";
}

TEST(TemplatePartial, IsBoundedInDepth) {
  Table partials;
  for (std::size_t i = 1; i <= templates::MostPartialDepth; ++i) {
    partials.add("p" + std::to_string(i),
                 i < templates::MostPartialDepth ? "{{> p" + std::to_string(i + 1) + "}}" : "end");
  }
  EXPECT_EQ(html("{{> p1}}", "{}", partials), "end");
  partials.add("p0", "{{> p1}}");
  EXPECT_EQ(html("{{> p0}}", "{}", partials),
            "!deep p16: Partials have partials in them at most 16 deep.");
}

TEST(TemplateLayout, TakesBlocksInPlaceOfItsOwn) {
  Table partials;
  partials.add("layout", "<h1>{{$title}}Untitled{{/title}}</h1>{{$content}}-{{/content}}");
  EXPECT_EQ(html("{{> layout}}", "{}", partials), "<h1>Untitled</h1>-");
  EXPECT_EQ(html("{{< layout}} {{$content}}<p>{{a}}</p>{{/content}} {{! x }} {{/layout}}",
                 R"({"a": "&"})", partials),
            "<h1>Untitled</h1><p>&amp;</p>");
  EXPECT_EQ(html("{{$a}}own {{b}}{{/a}}", R"({"b": 1})"), "own 1")
      << "Its own, where none is given.";
}

TEST(TemplateLayout, NamesABlockThatItDoesNotHave) {
  Table partials;
  partials.add("layout", "{{$content}}{{/content}}");
  EXPECT_EQ(html("{{<layout}}{{$contents}}x{{/contents}}{{/layout}}", "{}", partials),
            "!no block contents: The layout \"layout\" has no block \"contents\"; use one that it "
            "has.");
}

TEST(TemplateLayout, MayStandInABlockOfAnother) {
  Table partials;
  partials.add("page", "<b>{{$content}}{{/content}}</b>");
  partials.add("wide", "{{<page}}{{$content}}[{{$inner}}?{{/inner}}]{{/content}}{{/page}}");
  EXPECT_EQ(html("{{<wide}}{{$inner}}!{{/inner}}{{/wide}}", "{}", partials), "<b>[!]</b>");
  EXPECT_EQ(html("{{<page}}{{$content}}1{{<page}}{{$content}}2{{/content}}{{/page}}{{/content}}"
                 "{{/page}}",
                 "{}", partials),
            "<b>1<b>2</b></b>")
      << "The template uses it twice; that is no recursion.";
}

TEST(TemplateLayout, LooksNamesUpWhereTheBlockStands) {
  Table partials;
  partials.add("list", "{{#items}}<li>{{$item}}{{.}}{{/item}}</li>{{/items}}");
  EXPECT_EQ(html("{{<list}}{{$item}}{{name}} of {{site}}{{/item}}{{/list}}",
                 R"({"site": "S", "items": [{"name": 1}, {"name": 2}]})", partials),
            "<li>1 of S</li><li>2 of S</li>");
}

}  // namespace
}  // namespace portico::notify
