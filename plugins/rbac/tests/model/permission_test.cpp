// SPDX-License-Identifier: Apache-2.0
#include "model/permission.h"

#include <bitset>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::model::test {
namespace {

using namespace std::string_view_literals;

const std::string Longest(40, 'a');

/// All texts of up to so many segments out of those.
std::vector<std::string> texts(const std::vector<std::string>& segments, std::size_t most) {
  std::vector<std::string> all;
  std::vector<std::string> last{""};
  for (std::size_t size = 1; size <= most; ++size) {
    std::vector<std::string> longer;
    for (const std::string& text : last) {
      for (const std::string& segment : segments) {
        longer.push_back(text.empty() ? segment : std::string(text).append(":").append(segment));
      }
    }
    all.insert(all.end(), longer.begin(), longer.end());
    last = std::move(longer);
  }
  return all;
}

/// "z" stands for every text that no pattern of these tests names.
std::vector<std::string> all_permissions() {
  std::vector<std::string> all = texts({"a", "b", "z"}, 4);
  std::erase_if(all, [](const std::string& text) { return !fault_of_permission(text).empty(); });
  return all;
}
/// Which of them the pattern matches.
using Matched = std::bitset<128>;
const Matched& matched(const std::string& pattern) {
  static const std::vector<std::string> permissions = all_permissions();
  static std::map<std::string, Matched> known;
  const auto [it, fresh] = known.try_emplace(pattern);
  for (std::size_t i = 0; fresh && i < permissions.size(); ++i) {
    it->second[i] = matches(pattern, permissions[i]);
  }
  return it->second;
}

std::vector<std::string> all_patterns() {
  std::vector<std::string> all = texts({"a", "b", "*", "**"}, 4);
  std::erase_if(all, [](const std::string& text) { return !fault_of_pattern(text).empty(); });
  return all;
}

TEST(Permission, HasTwoToFourSegments) {
  for (const std::string_view text : {"orders:read", "orders:update:own", "a:b:c:d", "a-1:b_2"}) {
    EXPECT_EQ(fault_of_permission(text), "");
    EXPECT_EQ(fault_of_pattern(text), "");
  }
  for (const std::string_view text : {"", "orders", "a:b:c:d:e", ":", "a:", ":a", "a::b"}) {
    EXPECT_NE(fault_of_permission(text), "") << text;
    EXPECT_NE(fault_of_pattern(text), "") << text;
  }
}

TEST(Permission, HasSegmentsOfFortyCharacters) {
  EXPECT_EQ(fault_of_permission(Longest + ":" + Longest + ":" + Longest + ":" + Longest), "");
  EXPECT_NE(fault_of_permission("a:" + Longest + "a"), "");
  EXPECT_NE(fault_of_permission(std::string(1'000'000, 'a') + ":b"), "");
}

TEST(Permission, IsNoPattern) {
  for (const std::string_view text : {"orders:*", "*:read", "**", "orders:**", "a*:read"}) {
    EXPECT_NE(fault_of_permission(text), "") << text;
  }
}

TEST(Pattern, HasStarsAsWholeSegments) {
  for (const std::string_view text : {"orders:*", "*:read", "*:*:*:*", "**", "*:**", "a:b:c:**"}) {
    EXPECT_EQ(fault_of_pattern(text), "") << text;
  }
  for (const std::string_view text : {"*", "a*:read", "orders:re*", "**:read", "a:**:b", "a:***",
                                      "a:b:c:d:**", "a:b:c:d:*", "a: *"}) {
    EXPECT_NE(fault_of_pattern(text), "") << text;
  }
}

TEST(Permission, IsRefusedWithASentenceThatSaysWhatToWrite) {
  EXPECT_EQ(fault_of_permission("orders"),
            "\"orders\" is one segment; write what is acted on and the action, as in "
            "\"orders:read\".");
  EXPECT_EQ(fault_of_permission("orders:*"),
            "\"orders:*\" is a pattern; write one permission without '*', as in \"orders:read\".");
  EXPECT_EQ(fault_of_permission("Orders:read"),
            "\"Orders:read\" holds a character that no segment may; write a-z, 0-9, '_' and '-' "
            "alone.");
  EXPECT_EQ(fault_of_pattern("a:**:b"),
            "\"a:**:b\" has a \"**\" before other segments; write it last, as in \"orders:**\".");
  EXPECT_EQ(fault_of_pattern("*"),
            "\"*\" stands for one segment; write \"**\" for every permission.");
}

TEST(Permission, IsQuotedShortAndWithoutControls) {
  const std::string fault = fault_of_permission("a\x1b[2J\n\"\xff:" + std::string(500, 'a'));
  EXPECT_LT(fault.size(), 200U);
  EXPECT_TRUE(fault.starts_with("\"a?[2J???:aaa")) << fault;
}

TEST(RoleName, BeginsWithALetter) {
  EXPECT_EQ(fault_of_role_name("ab"), "");
  EXPECT_EQ(fault_of_role_name("editor-in_chief2"), "");
  EXPECT_EQ(fault_of_role_name(std::string(63, 'a')), "");
  for (const std::string_view text :
       {"", "a", "1a", "-a", "Editor", "a b", "a:b", "\xc3\xa9t\xc3\xa9", "ab\n", "a.b"}) {
    EXPECT_NE(fault_of_role_name(text), "") << text;
  }
  EXPECT_NE(fault_of_role_name(std::string(64, 'a')), "");
}

TEST(Pattern, MatchesWholeSegments) {
  EXPECT_TRUE(matches("orders:read", "orders:read"));
  EXPECT_FALSE(matches("orders:read", "orders:reader"));
  EXPECT_FALSE(matches("orders:read", "orders:read:own"));
  EXPECT_TRUE(matches("*:read", "orders:read"));
  EXPECT_FALSE(matches("*:read", "orders:read:own"));
  EXPECT_TRUE(matches("orders:*:own", "orders:update:own"));
}

TEST(Pattern, TakesOneOrMoreSegmentsByTwoStars) {
  EXPECT_TRUE(matches("orders:**", "orders:read"));
  EXPECT_TRUE(matches("orders:**", "orders:update:own:now"));
  EXPECT_TRUE(matches("orders:read:**", "orders:read:own"));
  EXPECT_FALSE(matches("orders:read:**", "orders:read")) << "none is not one or more";
  EXPECT_TRUE(matches("**", "orders:read"));
  EXPECT_TRUE(matches("*:**", "orders:read"));
}

TEST(Pattern, MatchesNothingThatIsNoPermission) {
  for (const std::string_view text :
       {"", "orders", "Orders:read", "orders:", "or*rs:read", "a:b:c:d:e"}) {
    EXPECT_FALSE(matches("**", text)) << text;
    EXPECT_FALSE(matches(text, "orders:read")) << text;
  }
  EXPECT_FALSE(matches("orders:re\0d"sv, "orders:re\0d"sv));
}

TEST(Pattern, CoversExactlyWhatMatchesNoMore) {
  const auto patterns = all_patterns();
  ASSERT_EQ(patterns.size(), 157U);
  for (const std::string& wide : patterns) {
    for (const std::string& narrow : patterns) {
      const bool covered = (matched(narrow) & ~matched(wide)).none();
      EXPECT_EQ(covers(wide, narrow), covered) << wide << ' ' << narrow;
    }
  }
}

TEST(Pattern, MeetsAnotherInWhatBothMatch) {
  const auto patterns = all_patterns();
  for (const std::string& one : patterns) {
    for (const std::string& two : patterns) {
      const std::string both = meet(one, two);
      EXPECT_TRUE(both.empty() || fault_of_pattern(both).empty()) << one << ' ' << two;
      EXPECT_EQ(matched(both), matched(one) & matched(two)) << one << ' ' << two;
    }
  }
}

}  // namespace
}  // namespace portico::rbac::model::test
