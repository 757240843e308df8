// SPDX-License-Identifier: Apache-2.0
// What goldens cannot show: bytes that are no text, bounds, and the marks. The sentences are in
// tests/config/yaml.golden.
#include "config/yaml_reader.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::string_literals;

class Reading {
 public:
  explicit Reading(const std::string& text) : arena_(64 * 1024) {
    problems_.name_file("f.yaml");
    root_ = read_yaml(text, 1, arena_, problems_);
  }

  [[nodiscard]] bool complete() const { return root_.has_value(); }
  [[nodiscard]] const Node& root() const { return *root_; }
  /// The first problem, without the file.
  [[nodiscard]] std::string first() const {
    const std::string text = problems_.text();
    return text.empty() ? "" : text.substr(7, text.find('\n') - 7);
  }
  [[nodiscard]] std::size_t problems() const { return problems_.size(); }

 private:
  base::Arena arena_;
  Problems problems_;
  std::optional<Node> root_;
};

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() + piece.size() <= bytes) text += piece;
  return text;
}

TEST(YamlReader, KeepsThePlaceOfEveryNode) {
  const Reading reading("a: 1\nb:\n  - x: [y, z]\n  -\n");
  ASSERT_TRUE(reading.complete());
  const Node& list = *reading.root().find("b");
  EXPECT_EQ(reading.root().entries()[1].key.mark(), (Mark{1, 2, 1}));
  EXPECT_EQ(list.mark(), (Mark{1, 3, 3}));
  EXPECT_EQ(list.items()[0].find("x")->items()[1].mark(), (Mark{1, 3, 12}));
}

TEST(YamlReader, MarksWhatIsNotWrittenAtItsKey) {
  const Reading reading("a:\n\n\nb: 1\n");
  EXPECT_TRUE(reading.root().find("a")->is_null());
  EXPECT_EQ(reading.root().find("a")->mark(), (Mark{1, 1, 1}));
}

TEST(YamlReader, TellsQuotedTextFromPlain) {
  const Reading reading("a: yes\nb: \"yes\"\nc: 'yes'\nd: |\n  yes\ne: null\nf: \"null\"\n");
  EXPECT_FALSE(reading.root().find("a")->quoted());
  EXPECT_TRUE(reading.root().find("b")->quoted());
  EXPECT_TRUE(reading.root().find("c")->quoted());
  EXPECT_TRUE(reading.root().find("d")->quoted());
  EXPECT_TRUE(reading.root().find("e")->is_null());
  EXPECT_EQ(reading.root().find("f")->text(), "null");
}

TEST(YamlReader, PassesOverAByteOrderMark) {
  const Reading reading(
      "\xEF\xBB\xBF"
      "a: \"ü\"\nb: \"x");
  EXPECT_EQ(reading.first(),
            "2:4: the quoted text that begins here is never closed; add the missing quote");
}

TEST(YamlReader, FindsTheClosingQuoteBehindLettersAndLineEnds) {
  EXPECT_EQ(Reading("a: \"ü漢😀\"\r\nb: 'it''s'\r\nc: \"\\\"\"\r\nd: ''\r\n").problems(), 0U);
}

TEST(YamlReader, RefusesWhatIsNotText) {
  EXPECT_EQ(Reading("a: 1\nb: \xff\n").first(), "2:4: not UTF-8 (\\xff); save the file as UTF-8");
  EXPECT_EQ(Reading("a: \xc0\xaf\n").first(), "1:4: not UTF-8 (\\xc0); save the file as UTF-8");
  EXPECT_EQ(Reading("a: b\0c\n"s).first(), "1:5: a NUL byte (\\x00); remove it");
  EXPECT_EQ(Reading("a: \x01\n").first(), "1:4: a control character (\\x01); remove it");
  EXPECT_EQ(Reading("a: \xc2\x85\n").first(), "1:4: a control character (\\u{0085}); remove it");
  EXPECT_EQ(Reading("a: 1\rb: 2\n").first(),
            "1:5: a carriage return without a line feed (\\r); remove it");
  EXPECT_EQ(Reading("a: 1\n\xEF\xBB\xBF"
                    "b: 2\n")
                .first(),
            "2:1: a byte order mark within the file (\\u{feff}); remove it");
  EXPECT_EQ(Reading("\xFF\xFE"
                    "a\0"s)
                .first(),
            "1:1: the file is in UTF-16; save it as UTF-8");
  EXPECT_EQ(Reading("a\0:\0"s).first(), "1:1: the file is in UTF-16; save it as UTF-8");
}

TEST(YamlReader, RefusesALargeTextUnread) {
  EXPECT_EQ(Reading(std::string(YamlLimits::MostBytes + 1, '[')).first(),
            " larger than 8 MiB; divide it, and use include");
}

TEST(YamlReader, FindsDuplicatesInLargeMapsWithoutComparingAll) {
  std::string text;
  for (int key = 0; key < 200'000; ++key) text += "k" + std::to_string(key) + ": v\n";
  text += "k7: again\n";
  const Reading reading(text);
  EXPECT_EQ(reading.problems(), 1U);
  EXPECT_EQ(reading.first(),
            "200001:1: k7: written twice; the first is at line 8, column 1; keep one");
  EXPECT_EQ(reading.root().entries().size(), 200'000U);
}

TEST(YamlReader, BoundsTheNumberOfValues) {
  const Reading reading("a:\n" + repeat("- b\n", YamlLimits::MostBytes - 10));
  EXPECT_EQ(reading.first(),
            "1999999:3: more than 2000000 values; that is more than one gateway's settings");
}

/// Each of these made yaml-cpp take gigabytes, seconds, or both.
TEST(YamlReader, AnswersSoonWhateverIsNested) {
  for (const std::string_view piece : {"[", "{", "[a,", "{a: ", "- ", "? ", "- - - - "}) {
    const auto start = std::chrono::steady_clock::now();
    const Reading reading(repeat(piece, 100'000));
    const auto spent = std::chrono::steady_clock::now() - start;
    EXPECT_FALSE(reading.complete()) << piece;
    EXPECT_NE(reading.first().find("deeper than 64 levels"), std::string::npos) << reading.first();
    EXPECT_LT(spent, std::chrono::seconds(2)) << piece;
  }
}

TEST(YamlReader, StopsATextThatNeverComesToAnEvent) {
  for (const std::string_view piece : {"a, ", "[], ", "a: b, ", "! ", "&a "}) {
    const Reading reading("[" + repeat(piece, YamlLimits::MostBytes - 10));
    EXPECT_FALSE(reading.complete()) << piece;
    EXPECT_NE(reading.first().find("too long"), std::string::npos) << reading.first();
  }
}

TEST(YamlReader, TakesAListInBracketsOfOrdinarySize) {
  const Reading reading("a: [" + repeat("\"10.0.0.0/8\", ", 1'000'000) + "]");
  EXPECT_EQ(reading.problems(), 0U);
}

TEST(YamlReader, CountsBracketsInTextsForNothing) {
  const Reading reading("a: |\n" + repeat("  [{[{[{[{\n", 60'000) + "b: \"" + repeat("[", 60'000) +
                        "\"\n");
  EXPECT_EQ(reading.problems(), 0U);
}

TEST(YamlReader, ReportsEveryAnchorOnce) {
  const Reading reading("a: &x 1\nb: *x\nc: &y [*x, &z {d: e}]\n");
  EXPECT_EQ(reading.problems(), 5U);
}

}  // namespace
}  // namespace portico::config
