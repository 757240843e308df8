// SPDX-License-Identifier: Apache-2.0
#include "text.h"

#include "shared/ascii.h"

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

TEST(Text, FindsWhatWasProbablyMeant) {
  EXPECT_EQ(closest("bokings", {"flights", "bookings", "users"}), "bookings");
  EXPECT_EQ(closest("Users", {"flights", "users"}), "users");
  EXPECT_EQ(closest("payments", {"flights", "bookings"}), "");
  EXPECT_EQ(closest("a", {}), "");
}

TEST(Text, ComparesWithoutCase) {
  EXPECT_TRUE(same_letters("Via", "vIA"));
  EXPECT_FALSE(same_letters("Via", "Vi"));
  EXPECT_TRUE(begins_with("HTTP://a", "http://"));
  EXPECT_FALSE(begins_with("http:", "http://"));
}

TEST(Text, TakesUntilAMark) {
  std::string_view text = "a,b,";
  EXPECT_EQ(take_until(text, ','), "a");
  EXPECT_EQ(take_until(text, ','), "b");
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(take_until(text, ','), "");
}

TEST(Text, ReadsHexDigits) {
  EXPECT_EQ(hex_value('9'), 9);
  EXPECT_EQ(hex_value('F'), 15);
  EXPECT_EQ(hex_value('a'), 10);
  EXPECT_EQ(hex_value('g'), -1);
}

}  // namespace
}  // namespace portico::proxy
