// SPDX-License-Identifier: Apache-2.0
#include "sql/tokens.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::sql {
namespace {

/// The tokens with a blank between them, or the fault.
std::string read(std::string_view text) {
  const auto tokens = tokens_of(text);
  if (!tokens) return "! " + tokens.error();
  std::string all;
  for (const Token& token : *tokens) all += (all.empty() ? "" : " ") + std::string(token.text);
  return all;
}

TEST(SqlTokens, LeaveBlanksAndCommentsOut) {
  EXPECT_EQ(read("a -- not; this\n b/* nor; this */c\t;"), "a b c ;");
  EXPECT_EQ(read("a -- to the end"), "a");
  EXPECT_EQ(read(""), "");
}

TEST(SqlTokens, KeepWhatStandsInQuotesWhole) {
  EXPECT_EQ(read("'a; -- b' \"c;d\""), "'a; -- b' \"c;d\"");
  EXPECT_EQ(read("'it''s; one';x"), "'it''s; one' ; x");
  EXPECT_EQ(read("'''';x"), "'''' ; x");
}

TEST(SqlTokens, KnowWordsInAnyCase) {
  const auto tokens = tokens_of("Create \"create\" 'create'");
  ASSERT_TRUE(tokens);
  EXPECT_TRUE((*tokens)[0].is("CREATE"));
  EXPECT_FALSE((*tokens)[1].is("CREATE"));
  EXPECT_FALSE((*tokens)[2].is("CREATE"));
}

TEST(SqlTokens, RefuseWhatTheEnginesReadDifferently) {
  EXPECT_EQ(read("'a"), "! a ' is not closed");
  EXPECT_EQ(read("'a''"), "! a ' is not closed");
  EXPECT_EQ(read("a \"b"), "! a \" is not closed");
  EXPECT_EQ(read("/* a"), "! a comment is not closed");
  EXPECT_EQ(read("/* a /* b */ c */"), "! a comment begins in a comment");
  EXPECT_EQ(read("E'a\\'b'"), "! a literal has a letter before its quote");
  EXPECT_EQ(read("x'00'"), "! a literal has a letter before its quote");
  for (const char* const strange :
       {"[a;b]", "`a;b`", "$$a;b$$", "a#b", "?", ":a", "@a", "a::TEXT"}) {
    EXPECT_NE(read(strange).find("stands where SQLite and PostgreSQL"), std::string::npos)
        << strange;
  }
}

}  // namespace
}  // namespace portico::sql
