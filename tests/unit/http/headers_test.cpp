// SPDX-License-Identifier: Apache-2.0
#include "http/header_list.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico {
namespace {

class HeadersTest : public testing::Test {
 protected:
  [[nodiscard]] std::string text() const {
    std::string all;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      all.append(headers_[i].name).append("=").append(headers_[i].value).append("|");
    }
    return all;
  }

  base::Arena arena_;
  detail::HeaderList list_{arena_};
  Headers& headers_ = list_;
};

TEST_F(HeadersTest, FindNamesWithoutCase) {
  headers_.add("X-Name", "1");
  EXPECT_EQ(headers_.get("x-nAME"), "1");
  EXPECT_TRUE(headers_.has("X-NAME"));
  EXPECT_FALSE(headers_.has("X-Nam"));
  EXPECT_EQ(headers_.get("other"), std::nullopt);
}

TEST_F(HeadersTest, KeepTheOrder) {
  headers_.add("A", "1");
  headers_.add("B", "2");
  headers_.add("a", "3");
  EXPECT_EQ(text(), "A=1|B=2|a=3|");
  EXPECT_EQ(headers_.get("a"), "1");
}

TEST_F(HeadersTest, SetReplacesEveryFieldOfTheName) {
  headers_.add("A", "1");
  headers_.add("B", "2");
  headers_.add("a", "3");
  headers_.set("A", "4");
  EXPECT_EQ(text(), "A=4|B=2|");
  headers_.set("C", "5");
  EXPECT_EQ(text(), "A=4|B=2|C=5|");
}

TEST_F(HeadersTest, SetMayReadWhatItReplaces) {
  headers_.add("A", "value");
  headers_.set("A", headers_.get("A")->substr(1));
  EXPECT_EQ(headers_.get("A"), "alue");
}

TEST_F(HeadersTest, AppendAddsAMemberOnce) {
  headers_.append("Vary", "Origin");
  headers_.append("vary", "Accept");
  headers_.append("Vary", "origin");
  EXPECT_EQ(text(), "Vary=Origin, Accept|");
}

TEST_F(HeadersTest, AppendLooksAtEveryField) {
  headers_.add("Vary", "A");
  headers_.add("Vary", "B");
  headers_.append("Vary", "a");
  headers_.append("Vary", "C");
  EXPECT_EQ(text(), "Vary=A|Vary=B, C|");
}

TEST_F(HeadersTest, AppendAddsNothingToAStar) {
  headers_.add("Vary", "*");
  headers_.append("Vary", "Origin");
  EXPECT_EQ(text(), "Vary=*|");
}

TEST_F(HeadersTest, AppendFillsAnEmptyField) {
  headers_.add("Vary", "");
  headers_.append("Vary", "Origin");
  EXPECT_EQ(text(), "Vary=Origin|");
}

TEST_F(HeadersTest, RemoveTakesEveryField) {
  headers_.add("A", "1");
  headers_.add("B", "2");
  headers_.add("a", "3");
  headers_.remove("A");
  headers_.remove("absent");
  EXPECT_EQ(text(), "B=2|");
}

TEST_F(HeadersTest, HoldMoreThanTheyHadRoomFor) {
  for (int i = 0; i < 100; ++i) headers_.add("N" + std::to_string(i), std::to_string(i));
  EXPECT_EQ(headers_.size(), 100U);
  EXPECT_EQ(headers_.get("n99"), "99");
  EXPECT_EQ(headers_.get("N0"), "0");
  list_.clear();
  EXPECT_EQ(headers_.size(), 0U);
}

TEST_F(HeadersTest, SetFixedFieldsInPlaceOfTheirNames) {
  FixedHeaders fixed;
  fixed.set("B", "fixed");
  fixed.set("C", "old");
  fixed.set("c", "new");
  EXPECT_EQ(fixed.size(), 2U);
  headers_.add("A", "1");
  headers_.add("b", "2");
  headers_.add("B", "3");
  headers_.add("D", "4");
  headers_.set(fixed);
  EXPECT_EQ(text(), "A=1|D=4|B=fixed|c=new|");
  headers_.set(fixed);
  EXPECT_EQ(text(), "A=1|D=4|B=fixed|c=new|");
}

TEST_F(HeadersTest, SetNothingFromFixedFieldsThatAreNone) {
  headers_.add("A", "1");
  headers_.set(FixedHeaders());
  EXPECT_EQ(text(), "A=1|");
}

TEST_F(HeadersTest, SetFixedFieldsOfLongNames) {
  FixedHeaders fixed;
  fixed.set(std::string(70, 'n'), "1");
  headers_.add(std::string(6, 'n'), "2");
  headers_.add(std::string(70, 'N'), "3");
  headers_.set(fixed);
  EXPECT_EQ(text(), "nnnnnn=2|" + std::string(70, 'n') + "=1|");
}

// A value that could begin a field or a body of its own would let a client write another's answer.
TEST_F(HeadersTest, RefuseWhatCouldSplitAMessage) {
  using namespace std::string_view_literals;
  for (const std::string_view value :
       {"a\r\nb"sv, "a\nb"sv, "a\rb"sv, "a\0b"sv, "\x7f"sv, "\x1b"sv}) {
    EXPECT_THROW(headers_.set("A", value), std::invalid_argument);
    EXPECT_THROW(headers_.add("A", value), std::invalid_argument);
    EXPECT_THROW(headers_.append("A", value), std::invalid_argument);
    EXPECT_THROW(FixedHeaders().set("A", value), std::invalid_argument);
  }
  for (const std::string_view name : {""sv, "a b"sv, "a:"sv, "a\n"sv, "\xc3\xa4"sv, "a\0"sv}) {
    EXPECT_THROW(headers_.set(name, "x"), std::invalid_argument);
    EXPECT_THROW(headers_.add(name, "x"), std::invalid_argument);
    EXPECT_THROW(headers_.append(name, "x"), std::invalid_argument);
    EXPECT_THROW(FixedHeaders().set(name, "x"), std::invalid_argument);
  }
  EXPECT_EQ(headers_.size(), 0U);
}

TEST_F(HeadersTest, TakeTabsAndBytesBeyondAscii) {
  headers_.set("!#$%&'*+-.^_`|~09azAZ", "a\tb \xc3\xa4");
  EXPECT_EQ(headers_.size(), 1U);
}

}  // namespace
}  // namespace portico
