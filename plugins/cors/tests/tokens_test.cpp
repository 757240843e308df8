// SPDX-License-Identifier: Apache-2.0
#include "tokens.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::cors {
namespace {

using namespace std::string_view_literals;

TEST(SoundTokens, AreWhatABrowserAskedFor) {
  EXPECT_EQ(sound_tokens("authorization,content-type"), "authorization, content-type");
  EXPECT_EQ(sound_tokens(" X-A ,\tX-B"), "X-A, X-B");
  EXPECT_EQ(sound_tokens(""), "");
  EXPECT_EQ(sound_tokens(", ,"), "");
}

TEST(SoundTokens, LeaveOutWhatIsNone) {
  EXPECT_EQ(sound_tokens("a, b c, d:e, f\r\nSet-Cookie: g, h\"i, \xc3\xa4, j\0k, l"sv), "a, l");
  EXPECT_EQ(sound_tokens(std::string(129, 'a') + ", b"), "b");
}

TEST(SoundTokens, AreAtMostSixtyFour) {
  std::string list;
  for (int i = 0; i < 1000; ++i) list += "a,";
  EXPECT_EQ(sound_tokens(list).size(), 64 * 3 - 2);
  EXPECT_EQ(sound_tokens(std::string(100'000, ',')), "");
}

TEST(MethodOfTheFile, IsATokenInCapitals) {
  EXPECT_EQ(fault_of_method("PATCH"), "");
  EXPECT_EQ(fault_of_method("*"), "");
  EXPECT_EQ(fault_of_method("M-SEARCH"), "");
  EXPECT_EQ(fault_of_method("get"), "methods are in capitals; write GET");
  EXPECT_EQ(fault_of_method("GET, POST"), "not a method; write one such as GET");
  EXPECT_NE(fault_of_method("TRACE"), "");
  EXPECT_NE(fault_of_method(""), "");
}

TEST(HeaderOfTheFile, IsAToken) {
  EXPECT_EQ(fault_of_header("X-Total-Count"), "");
  EXPECT_EQ(fault_of_header("*"), "");
  EXPECT_NE(fault_of_header("X A"), "");
  EXPECT_NE(fault_of_header("X-A: b"), "");
  EXPECT_NE(fault_of_header("a\r\nb"), "");
  EXPECT_NE(fault_of_header(""), "");
}

}  // namespace
}  // namespace portico::cors
