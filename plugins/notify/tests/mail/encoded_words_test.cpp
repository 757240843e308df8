// SPDX-License-Identifier: Apache-2.0
#include "mail/encoded_words.h"

#include "mail/decoding.h"
#include "mail/one_line.h"
#include "shared/code_points.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using mail::phrase;
using mail::unstructured;

std::string unfolded(std::string text) {
  for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n")) {
    text.erase(at, 2);
  }
  return text;
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(EncodedWords, LeaveAsciiAlone) {
  EXPECT_EQ(unstructured("Your order: 12 (of 13)?", 9), "Your order: 12 (of 13)?");
  EXPECT_EQ(unstructured("", 9), "");
}

TEST(EncodedWords, FoldLongAsciiBeforeBlanksAndKeepThem) {
  const std::string text = repeated("twelve chars  ", 20) + "end";
  const std::string folded = unstructured(text, 9);
  EXPECT_EQ(unfolded(folded), text);
  std::size_t column = 9;
  for (const std::string& line : lines_of(folded)) {
    EXPECT_LE(column + line.find_last_not_of("\r\n") + 1, 76U) << line;
    EXPECT_NE(line.find_first_not_of(" \r\n"), std::string::npos) << "a line of blanks";
    column = 0;
  }
}

TEST(EncodedWords, FillALineToTheLastColumn) {
  const std::string text = std::string(33, 'a') + " " + std::string(33, 'b');
  EXPECT_EQ(unstructured(text, 9), text);
  EXPECT_EQ(unstructured(text + "b", 9), std::string(33, 'a') + "\r\n " + std::string(34, 'b'));
}

TEST(EncodedWords, EncodeWhatIsNotAscii) {
  EXPECT_EQ(unstructured("Gr\xc3\xbc\xc3\x9f"
                         "e",
                         9),
            "=?UTF-8?B?R3LDvMOfZQ==?=");
}

TEST(EncodedWords, EncodeWordsThatCannotBeFolded) {
  const std::string text(80, 'x');
  const std::string encoded = unstructured(text, 9);
  EXPECT_NE(encoded.find("=?UTF-8?B?"), std::string::npos);
  EXPECT_EQ(decoded_words(unfolded(encoded)), text);
}

TEST(EncodedWords, EncodeBlanksAtTheEnds) {
  EXPECT_EQ(decoded_words(unstructured(" x", 9)), " x");
  EXPECT_EQ(unstructured("x ", 9), "=?UTF-8?B?eCA=?=");
}

// Case 127: an encoded word in data must not be decoded into a line of its own.
TEST(EncodedWords, EncodeWhatLooksEncoded) {
  const std::string text = "=?UTF-8?B?DQpCY2M6IHhAeS5leGFtcGxl?=";
  for (const std::string& encoded : {unstructured(text, 9), phrase(text, 6)}) {
    EXPECT_EQ(encoded.find("DQpCY2M6"), std::string::npos);
    EXPECT_EQ(decoded_words(unfolded(encoded)), text);
  }
}

TEST(EncodedWords, BreakBetweenCodePointsOnly) {
  for (const std::string_view point : {"\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    for (int shift = 0; shift < 4; ++shift) {
      const std::string text =
          std::string(static_cast<std::size_t>(shift), 'x') + repeated(point, 100);
      const std::string encoded = unstructured(text, 9);
      EXPECT_EQ(decoded_words(unfolded(encoded)), text);
      std::size_t column = 9;
      for (std::string line : lines_of(encoded)) {
        line.resize(line.find_last_not_of("\r\n") + 1);
        EXPECT_LE(column + line.size(), 76U);
        const std::string word = line.substr(line.find('='));
        EXPECT_LE(word.size(), 75U);
        EXPECT_TRUE(is_utf8(decoded_words(word))) << word;
        column = 0;
      }
    }
  }
}

TEST(EncodedWords, FitBehindTheLastColumn) {
  const std::string text = repeated("\xf0\x9f\x98\x80", 30);
  const std::string encoded = unstructured(text, mail::MostColumn);
  EXPECT_EQ(decoded_words(unfolded(encoded)), text);
  EXPECT_LE(mail::MostColumn + encoded.find("\r\n"), 76U);
}

TEST(EncodedWords, AreOfUtf8Alone) {
  EXPECT_THROW(static_cast<void>(unstructured("x\xff", 9)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(phrase("\xe2\x82", 9)), std::invalid_argument);
}

TEST(Phrase, IsAtomsWhereItCan) { EXPECT_EQ(phrase("Ada Lovelace", 6), "Ada Lovelace"); }

TEST(Phrase, QuotesWhatMeansSomething) {
  EXPECT_EQ(phrase(R"(Lovelace, "Ada" \ <x@y.example>)", 6),
            R"("Lovelace, \"Ada\" \\ <x@y.example>")");
  EXPECT_EQ(phrase("J. R. Bob", 6), "\"J. R. Bob\"");
}

TEST(Phrase, DoesNotQuoteEncodedWords) {
  EXPECT_EQ(phrase("\xc3\x84"
                   "da, L.",
                   6),
            "=?UTF-8?B?w4RkYSwgTC4=?=");
}

TEST(OneLine, HasNoControls) {
  EXPECT_TRUE(
      mail::is_one_line("Gr\xc3\xbc\xc3\x9f"
                        "e \xf0\x9f\x98\x80\xc2\xa0"));
  EXPECT_TRUE(mail::is_one_line("\xe2\x80\xa7\xe2\x80\xaa"));
  for (const std::string_view text :
       {"\r", "\n", "\t", "\x1b", "\x7f", "\xc2\x80", "\xc2\x9f", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
    EXPECT_FALSE(mail::is_one_line(text)) << text;
  }
  EXPECT_FALSE(mail::is_one_line(std::string_view("\0", 1)));
}

TEST(Utf8, IsStrict) {
  EXPECT_TRUE(is_utf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));
  for (const std::string_view text :
       {"\x80", "\xc3", "\xc0\x8a", "\xc1\xbf", "\xe0\x80\x8a", "\xed\xa0\x80", "\xf0\x80\x80\x8a",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff", "\xe2\x82", "\xe2\x28\xa1"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

}  // namespace
}  // namespace portico::notify::test
