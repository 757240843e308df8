// SPDX-License-Identifier: Apache-2.0
#include "sql/placeholders.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

std::string verdict(std::string_view text) {
  const auto count = count_placeholders(text);
  return count ? std::to_string(*count) : count.error();
}

TEST(Placeholders, AreCountedOnceEach) {
  EXPECT_EQ(verdict("SELECT 1"), "0");
  EXPECT_EQ(verdict("UPDATE t SET a = $1, b = $2 WHERE a = $1 OR c$9 = $3"), "3");
  EXPECT_EQ(verdict("SELECT a::BIGINT FROM \"odd name\" -- a remark\nWHERE b = $1;\n"), "1");
  EXPECT_EQ(verdict("SELECT 'it''s', 'a? b: @c' /* nor ? here */"), "0");
  EXPECT_EQ(verdict("SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11"), "11");
}

TEST(Placeholders, AppearInTheOrderOfTheirNumbers) {
  EXPECT_EQ(verdict("SELECT $2, $1"),
            "$2 appears where $1 must; placeholders appear for the first time in the order of "
            "their numbers");
  EXPECT_EQ(verdict("SELECT $1, $3").substr(0, 24), "$3 appears where $2 must");
  EXPECT_EQ(verdict("SELECT $0").substr(0, 24), "$0 appears where $1 must");
}

TEST(Placeholders, AreWrittenWithADollar) {
  EXPECT_EQ(verdict("SELECT ?"), "it has a placeholder by ?; write $1, $2 and so on");
  EXPECT_EQ(verdict("SELECT :name"), "it has a placeholder by :; write $1, $2 and so on");
  EXPECT_EQ(verdict("SELECT @name"), "it has a placeholder by @; write $1, $2 and so on");
  EXPECT_EQ(verdict("SELECT $body$ text $body$"),
            "it has a $ that is no placeholder; hand literals over as values");
}

TEST(Placeholders, DoNotStandInLiterals) {
  const std::string fault =
      "$ and a digit stand in a literal or a comment; hand the literal over as a value";
  EXPECT_EQ(verdict("SELECT '$1', $1"), fault);
  EXPECT_EQ(verdict("SELECT $1 -- not $2"), fault);
  EXPECT_EQ(verdict("SELECT 'costs $' , $1"), "1");
}

TEST(Placeholders, AreOfOneStatement) {
  EXPECT_EQ(verdict("SELECT 1; SELECT 2"),
            "there is more than one statement; write them one by one");
  EXPECT_EQ(verdict("  \n"), "there is no statement");
  EXPECT_EQ(verdict("SELECT 'open"), "a ' is not closed");
}

}  // namespace
}  // namespace portico::sql
