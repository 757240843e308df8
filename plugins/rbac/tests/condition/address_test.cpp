// SPDX-License-Identifier: Apache-2.0
#include "condition/address.h"

#include <gtest/gtest.h>

namespace portico::rbac::condition {
namespace {

bool contains(std::string_view block, std::string_view address) {
  const auto parsed = parse_block(block);
  const auto from = parse_address(address);
  EXPECT_TRUE(parsed) << block << ": " << fault_of_block(block);
  EXPECT_TRUE(from) << address;
  return parsed && from && parsed->contains(*from);
}

TEST(ConditionAddress, ReadsBothFamilies) {
  for (const char* const text : {"0.0.0.0", "10.1.2.3", "255.255.255.255", "::", "::1",
                                 "2001:db8::1", "fe80::a:b", "64:ff9b::1"}) {
    const auto address = parse_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(text_of(*address), text);
  }
}

TEST(ConditionAddress, TakesAMappedAddressForIpv4) {
  EXPECT_EQ(parse_address("::ffff:10.1.2.3"), parse_address("10.1.2.3"));
  EXPECT_EQ(parse_address("::FFFF:0a01:0203"), parse_address("10.1.2.3"));
  EXPECT_NE(parse_address("::10.1.2.3"), parse_address("10.1.2.3"));
}

TEST(ConditionAddress, RefusesWhatIsNoAddress) {
  for (const char* const text : {"",
                                 "10",
                                 "10.1",
                                 "10.1.2",
                                 "10.1.2.",
                                 "10.1.2.3.4",
                                 "10.1.2.256",
                                 "010.1.2.3",
                                 "10.1.2.03",
                                 "0x0a.1.2.3",
                                 "10.1.2.3 ",
                                 " 10.1.2.3",
                                 "10.1.2.3/32",
                                 "10.1.2.3:80",
                                 "10..2.3",
                                 "+10.1.2.3",
                                 "1000.1.2.3",
                                 "[::1]",
                                 "::1%eth0",
                                 ":::",
                                 "1:2:3:4:5:6:7",
                                 "1:2:3:4:5:6:7:8:9",
                                 "::g",
                                 "::ffff:10.1.2.256",
                                 "localhost",
                                 "::1 ",
                                 "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
  EXPECT_FALSE(parse_address(std::string_view("::1\0", 4)));
  EXPECT_FALSE(parse_address(std::string_view("10.1.2.3\0", 9)));
}

TEST(ConditionBlock, HoldsWhatBeginsWithTheSameBits) {
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(contains("10.1.2.2/31", "10.1.2.3"));
  EXPECT_FALSE(contains("10.1.2.2/31", "10.1.2.4"));
  EXPECT_TRUE(contains("10.1.2.3/32", "10.1.2.3"));
  EXPECT_FALSE(contains("10.1.2.3/32", "10.1.2.2"));
  EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::"));
  EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::"));
  EXPECT_TRUE(contains("2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff"));
  EXPECT_FALSE(contains("2001:db8::/64", "2001:db8:0:1::"));
  EXPECT_TRUE(contains("2001:db8::8/125", "2001:db8::f"));
  EXPECT_FALSE(contains("2001:db8::8/125", "2001:db8::10"));
  EXPECT_TRUE(contains("::1/128", "::1"));
}

TEST(ConditionBlock, KeepsTheFamiliesApart) {
  EXPECT_TRUE(contains("0.0.0.0/0", "::ffff:203.0.113.9"));
  EXPECT_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(contains("::/0", "2001:db8::1"));
  EXPECT_FALSE(contains("::/0", "203.0.113.9"));
  EXPECT_FALSE(contains("::/80", "::ffff:203.0.113.9"));
}

TEST(ConditionBlock, TakesAMappedBlockForIpv4) {
  const auto block = parse_block("::ffff:10.0.0.0/104");
  ASSERT_TRUE(block);
  EXPECT_EQ(text_of(*block), "10.0.0.0/8");
  EXPECT_EQ(text_of(parse_block("::ffff:0:0/96").value()), "0.0.0.0/0");
}

TEST(ConditionBlock, HasOneSpelling) {
  for (const char* const text :
       {"0.0.0.0/0", "10.0.0.0/8", "10.1.2.3/32", "::/0", "2001:db8::/32", "2001:db8::1/128"}) {
    ASSERT_EQ(fault_of_block(text), "") << text;
    EXPECT_EQ(text_of(parse_block(text).value()), text);
  }
}

TEST(ConditionBlock, SaysWhatToWriteInstead) {
  EXPECT_NE(fault_of_block("10.1.2.3/8").find("\"10.0.0.0/8\""), std::string::npos);
  EXPECT_NE(fault_of_block("10.1.2.3").find("\"10.1.2.3/32\""), std::string::npos);
  EXPECT_NE(fault_of_block("2001:db8::1").find("\"2001:db8::1/128\""), std::string::npos);
  EXPECT_NE(fault_of_block("2001:db8::1/32").find("\"2001:db8::/32\""), std::string::npos);
  for (const char* const text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8",
                                 "10.0.0.0/ 8", "10.0.0.0/8 ", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0",
                                 "::/129", "::/-1", "10.0.0.0/4294967304", "example.com/8"}) {
    EXPECT_TRUE(fault_of_block(text).ends_with('.')) << text;
    EXPECT_FALSE(parse_block(text)) << text;
  }
}

}  // namespace
}  // namespace portico::rbac::condition
