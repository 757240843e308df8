// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <array>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

TEST(Text, ComparesLettersWithoutTheirCase) {
  EXPECT_TRUE(iequals("Content-TYPE", "content-type"));
  EXPECT_FALSE(iequals("a", "ab"));
  EXPECT_FALSE(iequals("[", "{"));  // A bit apart, as 'A' and 'a' are, and no letters.
  EXPECT_EQ(to_lower("ÄB"), "Äb");
}

TEST(Text, TrimsBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
}

TEST(Text, SplitsIntoAllPieces) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(split("a,", ','), (std::vector<std::string_view>{"a", ""}));
}

TEST(Text, JoinsWithoutATrailingSeparator) {
  EXPECT_EQ(join(std::array<std::string_view, 3>{"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join(std::array<std::string_view, 1>{"a"}, ", "), "a");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(escape_control("a\nb\r\t\x1b[31m\x7f"), "a\\nb\\r\\t\\x1b[31m\\x7f");
  EXPECT_EQ(escape_control(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(escape_control("\xc2\x9b"), "\\u{009b}");  // C1: another way to begin a sequence.
  EXPECT_EQ(escape_control("\xe2\x80\xae"
                           "x"),
            "\\u{202e}x");  // Turns what follows round.
  EXPECT_EQ(escape_control("\xff\xc3"), "\\xff\\xc3");
  EXPECT_EQ(escape_control("grüße 漢字 😀"), "grüße 漢字 😀");
}

TEST(Text, ShortensBetweenCharacters) {
  EXPECT_EQ(shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(shorten("abcdefg", 6), "abc...");
  EXPECT_EQ(shorten("aüüüü", 6), "aü...");
  EXPECT_EQ(shorten("üüüüü", 6), "ü...");
  EXPECT_EQ(shorten("abcdef", 2), "..");
}

TEST(Text, TellsValidUtf8) {
  EXPECT_EQ(utf8_length("a"), 1U);
  EXPECT_EQ(utf8_length("ü"), 2U);
  EXPECT_EQ(utf8_length("漢"), 3U);
  EXPECT_EQ(utf8_length("😀"), 4U);
  for (const char* broken :
       {"\xc0\xaf", "\xc1\x80", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x8f\x80\x80",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80", "\x80", "\xc3", "\xe2\x82", "\xf0\x9f\x98"}) {
    EXPECT_EQ(utf8_length(broken), 0U) << escape_control(broken);
  }
  EXPECT_EQ(utf8_length(""), 0U);
}

TEST(Text, FindsTheFirstByteThatIsNotUtf8) {
  EXPECT_EQ(find_invalid_utf8("aü漢😀"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("aü\xff"), 3U);
}

TEST(Text, CountsEditsWithSwaps) {
  EXPECT_EQ(edit_distance("burst", "burts", 5), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3U);
  EXPECT_EQ(edit_distance("", "abc", 9), 3U);
  EXPECT_EQ(edit_distance("abc", "xyz", 1), 2U);
  EXPECT_EQ(edit_distance("a", "abcdef", 2), 3U);
}

TEST(Text, SuggestsWhatWasMeant) {
  constexpr std::array<std::string_view, 4> Keys{"limit", "burst", "per", "by"};
  EXPECT_EQ(closest("burts", Keys), "burst");
  EXPECT_EQ(closest("LIMIT", Keys), "limit");
  EXPECT_EQ(closest("zebra", Keys), "");
  EXPECT_EQ(closest("", Keys), "");
  EXPECT_EQ(closest(std::string(100'000, 'a'), Keys), "");
}

}  // namespace
}  // namespace portico::base
