// SPDX-License-Identifier: Apache-2.0
// What a template says that it needs.
#include "template/variables.h"

#include "tests/template/facts.h"

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using Variables = std::vector<Variable>;

std::variant<Variables, RenderFault> result_of(std::string_view source, const Partials& partials) {
  return variables_of(test::parsed(source, Escape::Html), partials);
}

Variables of(std::string_view source, const Partials& partials = NoPartials()) {
  auto result = result_of(source, partials);
  if (const auto* const fault = std::get_if<RenderFault>(&result)) {
    ADD_FAILURE() << fault->sentence;
    return {};
  }
  return std::get<Variables>(result);
}

Variable required(std::string name) { return {std::move(name), "", true}; }
Variable optional(std::string name, std::string section = "") {
  return {std::move(name), std::move(section), false};
}

TEST(TemplateVariables, AreSortedAndNamedOnce) {
  EXPECT_EQ(of("{{b}}<b title=\"{{a.c}}\">{{b}}"), (Variables{required("a.c"), required("b")}));
  EXPECT_EQ(of("plain"), Variables());
}

TEST(TemplateVariables, AreOptionalWhereASectionAsks) {
  EXPECT_EQ(of("{{#a}}{{a}}{{/a}}"), (Variables{optional("a")}));
  EXPECT_EQ(of("{{^a}}{{b}}{{/a}}"), (Variables{optional("a"), optional("b")}));
  EXPECT_EQ(of("{{#a}}{{a}}{{/a}}{{a}}"), (Variables{required("a")}));
}

TEST(TemplateVariables, NameTheSectionThatTheyMayBePartOf) {
  EXPECT_EQ(of("{{#items}}{{title}}{{#.}}{{.}}{{/.}}{{/items}}{{title}}"),
            (Variables{optional("items"), required("title"), optional("title", "items")}));
}

TEST(TemplateVariables, AreThoseOfPartialsAndBlocksToo) {
  test::Table partials;
  partials.add("p", "{{x}}").add("l", "{{site}}{{$a}}{{left_out}}{{/a}}{{$b}}{{own}}{{/b}}");
  EXPECT_EQ(of("{{#y}}{{> p}}{{/y}}{{<l}}{{$a}}{{z}}{{/a}}{{/l}}", partials),
            (Variables{required("own"), required("site"), optional("x", "y"), optional("y"),
                       required("z")}));
}

TEST(TemplateVariables, TellWhatCannotBeRenderedAtAll) {
  test::Table partials;
  partials.add("self", "{{#x}}{{> self}}{{/x}}").add("l", "{{$a}}{{/a}}");
  const auto kind_of = [&](std::string_view source) {
    const auto result = result_of(source, partials);
    const auto* const fault = std::get_if<RenderFault>(&result);
    EXPECT_NE(fault, nullptr) << source;
    return fault == nullptr ? RenderFault::Kind::NoMail : fault->kind;
  };
  EXPECT_EQ(kind_of("{{#x}}{{> none}}{{/x}}"), RenderFault::Kind::UnknownPartial);
  EXPECT_EQ(kind_of("{{> self}}"), RenderFault::Kind::Recursion);
  EXPECT_EQ(kind_of("{{<l}}{{$b}}{{/b}}{{/l}}"), RenderFault::Kind::UnknownBlock);
}

// What is called required is so, and nothing else is.
TEST(TemplateVariables, AgreeWithRendering) {
  constexpr std::string_view Source =
      "{{a}}{{#b}}{{c}}{{/b}}{{^d}}{{e.f}}{{/d}}<b title=\"{{g}}\">{{#h}}{{i}}{{/h}}";
  const Template source = test::parsed(Source, Escape::Html);
  const Value::Map full{{"a", 1}, {"d", 1}, {"g", 1}};
  for (const Variable& each : of(Source)) {
    Value::Map some = full;
    some.erase(each.name);
    if (each.name == "d") some.insert({"e", Value::Map{{"f", 1}}});
    EXPECT_EQ(test::made(source, some).starts_with("!missing " + each.name), each.required)
        << each.name;
  }
}

}  // namespace
}  // namespace portico::notify
