// SPDX-License-Identifier: Apache-2.0
// The wide searches find what a search byte by byte finds, wherever it stands.
#include "http/h1/characters.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

using Search = const char* (*)(const char*, const char*);

void expect_same(Class sort, Search search, char plain) {
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 31U, 32U, 33U, 50U}) {
    // A block of exactly this size: what reads behind it is found out.
    const auto text = std::make_unique<char[]>(size);
    for (std::size_t place = 0; place < size; ++place) {
      std::fill_n(text.get(), size, plain);
      for (unsigned c = 0; c < 256; ++c) {
        text[place] = static_cast<char>(c);
        const char* const end = text.get() + size;
        ASSERT_EQ(search(text.get(), end), skip_each(sort, text.get(), end))
            << size << " bytes, " << c << " at " << place;
      }
    }
  }
}

TEST(Characters, AreFoundWideAsByteByByte) {
  expect_same(TokenByte, skip_token, 'a');
  expect_same(TargetByte, skip_target, '/');
  expect_same(TextByte, skip_text, ' ');
}

TEST(Characters, OfTokensThatAreNeitherLetterNorDigitEndNoSearch) {
  const std::string text = "abcdefgh_ijklmnopq.rstuvwxyz!0123456789:";
  EXPECT_EQ(*skip_token(text.data(), text.data() + text.size()), ':');
}

TEST(Characters, OfControlAreCounted) {
  const std::string text =
      "0123\r\n6789\tbcd\x7f"
      "f\x80\n2345\x01";
  EXPECT_EQ(count_controls(text.data(), text.data() + text.size()), 5U);
  EXPECT_EQ(count_controls(text.data(), text.data()), 0U);
}

TEST(Names, CompareWithoutCase) {
  EXPECT_TRUE(is_name("Content-LENGTH", "content-length"));
  EXPECT_FALSE(is_name("Content-Lengt", "content-length"));
  EXPECT_FALSE(is_name("Content_Length", "content-length"));
  EXPECT_TRUE(is_name("", ""));
}

TEST(Lists, GiveTheirMembers) {
  const auto members = [](std::string_view list) {
    std::vector<std::string> found;
    for_each_member(list, [&found](std::string_view member) { found.emplace_back(member); });
    return found;
  };
  EXPECT_EQ(members(""), std::vector<std::string>{});
  EXPECT_EQ(members(" , \t,"), std::vector<std::string>{});
  EXPECT_EQ(members("a"), std::vector<std::string>{"a"});
  EXPECT_EQ(members(",a b ,\tc\t,"), (std::vector<std::string>{"a b", "c"}));
}

}  // namespace
}  // namespace portico::http::h1
