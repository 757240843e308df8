// SPDX-License-Identifier: Apache-2.0
#include "config/document.h"
#include "config/environment.h"
#include "unit/temporary_folder.h"

#include <gtest/gtest.h>

namespace portico::config {
namespace {

Environment::Variables parsed(std::string_view text) {
  Problems problems;
  auto variables = parse_dotenv(text, 0, problems);
  EXPECT_FALSE(problems.any_error()) << problems.text();
  return variables;
}

std::string fault(std::string_view text) {
  Problems problems;
  const auto variables = parse_dotenv(text, problems.name_file(".env"), problems);
  return problems.text();
}

TEST(Dotenv, ReadsKeysAndValues) {
  const auto variables = parsed(
      "# comment\n\nA=1\n export B = two words # why\r\nC='single $x \\n'\nD=\"a\\n\\t\\\"\\\\\\$ "
      "#\" # c\n"
      "E=\nF=a#b\nexport\tG=x\nA=2\nH=#\nI=x=y\n");
  const Environment::Variables expected{{"A", "2"},
                                        {"B", "two words"},
                                        {"C", "single $x \\n"},
                                        {"D", "a\n\t\"\\$ #"},
                                        {"E", ""},
                                        {"F", "a#b"},
                                        {"G", "x"},
                                        {"H", ""},
                                        {"I", "x=y"}};
  EXPECT_EQ(variables, expected);
}

TEST(Dotenv, NamesTheLineOfAFault) {
  EXPECT_EQ(fault("A=1\nB\n"),
            ".env:2:1: this is not KEY=VALUE; write KEY=VALUE, one a line\n"
            "1 problem, nothing started.\n");
  EXPECT_NE(fault("1A=x\n").find(".env:1:1: a key has letters"), std::string::npos);
  EXPECT_NE(fault("A=\"x\n").find("not closed"), std::string::npos);
  EXPECT_NE(fault("A='x\n").find("not closed"), std::string::npos);
  EXPECT_NE(fault("A='x' y\n").find("follows the closing quote"), std::string::npos);
  EXPECT_NE(fault("A=\"x\"y\n").find("follows the closing quote"), std::string::npos);
  EXPECT_NE(fault("A=\"\\q\"\n").find("`\\` goes before"), std::string::npos);
  EXPECT_NE(fault("A=\xff\n").find("not UTF-8"), std::string::npos);
}

TEST(Environment, TheProcessWinsOverTheFile) {
  const Environment environment = Environment(Environment::Variables{{"A", "process"}})
                                      .overlaid({{"A", "file"}, {"B", "file"}});
  EXPECT_EQ(environment.get("A"), "process");
  EXPECT_EQ(environment.get("B"), "file");
  EXPECT_EQ(environment.get("C"), std::nullopt);
}

TEST(Environment, OfTheProcessHasItsVariables) {
  ASSERT_EQ(::setenv("PORTICO_TEST_VARIABLE", "a=b", 1), 0);
  EXPECT_EQ(Environment::of_process().get("PORTICO_TEST_VARIABLE"), "a=b");
  ::unsetenv("PORTICO_TEST_VARIABLE");
}

std::string value_of_a(const test::TemporaryFolder& folder, std::string_view yaml,
                       Environment::Variables variables, Problems& problems) {
  const auto document = Document::load(folder.write("portico.yaml", yaml),
                                       Environment(std::move(variables)), problems);
  const Node* value = document == nullptr ? nullptr : document->root().find("a");
  return value == nullptr ? "" : std::string(value->text());
}

TEST(Dotenv, IsReadInDevelopmentAlone) {
  const test::TemporaryFolder folder;
  folder.write(".env", "A=file\n");
  Problems problems;
  EXPECT_EQ(value_of_a(folder, "environment: development\na: ${A}\n", {}, problems), "file");
  EXPECT_EQ(
      value_of_a(folder, "environment: \"${ENV}\"\na: ${A}\n", {{"ENV", "development"}}, problems),
      "file");
  EXPECT_EQ(value_of_a(folder, "environment: development\na: ${A}\n", {{"A", "process"}}, problems),
            "process");
  EXPECT_EQ(problems.size(), 0U) << problems.text();
  value_of_a(folder, "environment: production\na: ${A}\n", {}, problems);
  EXPECT_EQ(problems.size(), 1U) << problems.text();
  value_of_a(folder, "a: ${A}\n", {}, problems);
  EXPECT_EQ(problems.size(), 2U) << problems.text();
}

TEST(Dotenv, ItsFaultsStopTheStart) {
  const test::TemporaryFolder folder;
  folder.write(".env", "oops\n");
  Problems problems;
  value_of_a(folder, "environment: development\n", {}, problems);
  EXPECT_NE(problems.text().find(".env:1:1: this is not KEY=VALUE"), std::string::npos);
}

TEST(Dotenv, MayBeAbsent) {
  const test::TemporaryFolder folder;
  Problems problems;
  EXPECT_EQ(value_of_a(folder, "environment: development\na: b\n", {}, problems), "b");
  EXPECT_EQ(problems.size(), 0U);
}

}  // namespace
}  // namespace portico::config
