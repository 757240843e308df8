// SPDX-License-Identifier: Apache-2.0
// Case 130: what a template makes, and the work that it takes, have bounds, whoever wrote it.
#include "template/variables.h"
#include "tests/template/facts.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::made;
using test::parsed;
using test::Table;

Value::List numbers(std::size_t count) {
  Value::List list;
  for (std::size_t i = 0; i < count; ++i) list.emplace_back(static_cast<std::int64_t>(i));
  return list;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string key(int number) { return "p" + std::to_string(number); }
std::string tag(int number) { return std::string("{{> ").append(key(number)).append("}} "); }

std::string begin(const std::string& text) { return text.substr(0, 9); }

TEST(TemplateBounds, OutputHasOneMebibyte) {
  const Template source = parsed("{{#l}}{{a}}{{/l}}", Escape::Text);
  const auto value = [](std::size_t bytes, std::size_t times) {
    return Value::Map{{"a", std::string(bytes, 'x')}, {"l", numbers(times)}};
  };
  EXPECT_EQ(made(source, value(1024, 1024)).size(), MostRenderedBytes);
  EXPECT_EQ(begin(made(source, value(1024, 1025))), "!long a: ");
}

TEST(TemplateBounds, OutputIsMeasuredAsItIsEscaped) {
  const Template source = parsed("{{a}}", Escape::Html);
  const std::size_t fits = MostRenderedBytes / 6;
  EXPECT_EQ(made(source, Value::Map{{"a", std::string(fits, '"')}}).size(), fits * 6);
  EXPECT_EQ(begin(made(source, Value::Map{{"a", std::string(fits + 1, '"')}})), "!long a: ");
}

TEST(TemplateBounds, ASubjectIsShorter) {
  const Template source = parsed("{{a}}", Escape::Line);
  EXPECT_EQ(made(source, Value::Map{{"a", std::string(MostLineBytes, 'x')}}).size(), MostLineBytes);
  EXPECT_EQ(begin(made(source, Value::Map{{"a", std::string(MostLineBytes + 1, 'x')}})),
            "!long a: ");
}

TEST(TemplateBounds, PartialsDoNotMultiplyOutput) {
  Table partials(Escape::Text);
  partials.add("p0", std::string(1024, 'x'));
  for (int i = 1; i < 12; ++i) {
    partials.add(key(i), repeated(tag(i - 1), 4));
  }
  EXPECT_EQ(made(parsed("{{> p11}}", Escape::Text), Value::Map(), partials).substr(0, 6), "!long ");
}

// Loops in loops that print nothing.
TEST(TemplateBounds, WorkEndsWhereNothingIsPrinted) {
  std::string source = repeated("{{#l}}{{#no}}{{/no}}", 8);
  source.append("{{x}}").append(repeated("{{/l}}", 8));
  const Value value = Value::Map{{"l", numbers(1000)}, {"x", ""}};
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(made(parsed(source, Escape::Text), value).substr(0, 6), "!work ");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

// Characters that are dropped cost time too.
TEST(TemplateBounds, WorkEndsWhereAllIsDropped) {
  const Value value = Value::Map{{"l", numbers(1000)}, {"x", std::string(256 * 1024, '\x01')}};
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(made(parsed("{{#l}}{{x}}{{/l}}", Escape::Text), value).substr(0, 6), "!work ");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60));
}

TEST(TemplateBounds, WorkEndsWherePartialsMultiply) {
  Table partials(Escape::Text);
  partials.add("p0", "");
  for (int i = 1; i < 16; ++i) {
    const std::string inner = repeated(tag(i - 1), 10);
    std::string source = "{{#no}}";
    source.append(inner).append("{{/no}}{{^no}}").append(inner).append("{{/no}}");
    partials.add(key(i), source);
  }
  const Template source = parsed("{{> p15}}", Escape::Text);
  const std::string result = made(source, Value::Map(), partials);
  EXPECT_TRUE(result.starts_with("!work ") || result.starts_with("!long ")) << result.substr(0, 99);
  const auto variables = variables_of(source, partials);
  ASSERT_TRUE(std::holds_alternative<RenderFault>(variables));
  EXPECT_EQ(std::get<RenderFault>(variables).kind, RenderFault::Kind::TooMuchWork);
}

TEST(TemplateBounds, SectionsNestInPartialsThatNest) {
  Table partials(Escape::Text);
  for (int i = 0; i < 15; ++i) {
    std::string source = repeated("{{#x}}", 31);
    source.append(i == 0 ? "end" : tag(i - 1)).append(repeated("{{/x}}", 31));
    partials.add(key(i), source);
  }
  EXPECT_EQ(made(parsed("{{> p14}}", Escape::Text), Value::Map{{"x", true}}, partials),
            "end" + std::string(14, ' '));
}

}  // namespace
}  // namespace portico::notify
