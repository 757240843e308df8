// SPDX-License-Identifier: Apache-2.0
#include "config/problems.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

TEST(Problems, NoneHaveNoText) {
  const Problems problems;
  EXPECT_FALSE(problems.any_error());
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(problems.json(), R"({"errors":0,"warnings":0,"problems":[]})");
}

TEST(Problems, AreToldByFileAndLineAndWarningsApart) {
  Problems problems;
  const std::uint32_t main = problems.name_file("z.yaml");
  const std::uint32_t more = problems.name_file("a.yaml");
  problems.error({more, 1, 1}, "c", "third");
  problems.error({main, 10, 2}, "b", "second", "do it");
  problems.warning({more, 9, 1}, "w", "beware");
  problems.error({main, 2, 30}, "a", "first");
  problems.add({Severity::Error, "/opt/x.so", {}, "", "fourth", ""});
  EXPECT_EQ(problems.text(),
            "a.yaml:9:1: warning: w: beware\n"
            "z.yaml:2:30: a: first\n"
            "z.yaml:10:2: b: second; do it\n"
            "a.yaml:1:1: c: third\n"
            "/opt/x.so: fourth\n"
            "4 problems and 1 warning, nothing started.\n");
}

TEST(Problems, SayWhatFollows) {
  Problems problems;
  problems.error({}, "", "broken");
  EXPECT_EQ(problems.text(Problems::Colour::None, "nothing changed"),
            "broken\n1 problem, nothing changed.\n");
  Problems mild;
  mild.warning({}, "", "odd");
  EXPECT_FALSE(mild.any_error());
  EXPECT_EQ(mild.text(), "warning: odd\n1 warning.\n");
}

TEST(Problems, AreBounded) {
  Problems problems;
  for (std::uint32_t line = 5000; line > 0; --line) problems.error({0, line, 1}, "p", "bad");
  problems.warning({}, "", "not crowded out");
  EXPECT_EQ(problems.errors(), 5000U);
  EXPECT_EQ(problems.sorted().size(), Problems::Kept + 1);
  const std::string text = problems.text();
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), Problems::Shown + 3);
  EXPECT_NE(text.find("not crowded out"), std::string::npos);
  EXPECT_NE(text.find("... and 4900 problems more\n"), std::string::npos);
}

TEST(Problems, CannotWriteToTheTerminal) {
  Problems problems;
  const std::uint32_t file = problems.name_file("a\x1b[2J.yaml");
  problems.error({file, 1, 1}, "p\n", std::string(10'000, 'x'), "\x9b");
  const std::string text = problems.text();
  EXPECT_TRUE(std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
  EXPECT_LT(text.size(), 1000U);
}

TEST(Problems, AreColouredWhenAsked) {
  Problems problems;
  problems.error({0, 1, 1}, "p", "bad");
  EXPECT_NE(problems.text(Problems::Colour::Terminal).find("\x1b["), std::string::npos);
}

TEST(Problems, AreJsonForTools) {
  Problems problems;
  problems.error({problems.name_file("a.yaml"), 3, 4}, "p", "say \"no\"", "do");
  EXPECT_EQ(problems.json(),
            R"({"errors":1,"warnings":0,"problems":[{"severity":"error","file":"a.yaml","line":3,)"
            R"("column":4,"path":"p","what":"say \"no\"","remedy":"do"}]})");
}

TEST(Problems, AtASilencedPlaceAreDropped) {
  Problems problems;
  problems.error({1, 2, 3}, "p", "told");
  problems.silence({1, 2, 3});
  problems.error({1, 2, 3}, "p", "not told");
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_TRUE(problems.told({1, 2, 3}));
  EXPECT_FALSE(problems.told({1, 2, 4}));
}

TEST(Problems, KnowTheFilesOfADocument) {
  Problems first;
  first.name_file("a.yaml");
  EXPECT_EQ(first.name_file("b.yaml"), 2U);
  EXPECT_EQ(first.name_file("a.yaml"), 1U);
  Problems second;
  second.name_files(first.files());
  EXPECT_EQ(second.file_name(2), "b.yaml");
  EXPECT_EQ(second.file_name(3), "");
}

TEST(ProblemPath, QuotesWhatIsNoPlainWord) {
  EXPECT_EQ(child_path("", "a"), "a");
  EXPECT_EQ(child_path("a", "b-c_1"), "a.b-c_1");
  EXPECT_EQ(child_path("a", "b.c"), "a[\"b.c\"]");
  EXPECT_EQ(child_path("a", ""), "a[\"\"]");
  EXPECT_EQ(item_path("a", 3), "a[3]");
}

}  // namespace
}  // namespace portico::config
