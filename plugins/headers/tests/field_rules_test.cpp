// SPDX-License-Identifier: Apache-2.0
#include "field_rules.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::headers {
namespace {

using namespace std::string_view_literals;

TEST(FieldRules, TakeNamesOfTheOperatorsOwn) {
  for (const std::string_view name : {"X-Robots-Tag", "Permissions-Policy", "Cache-Control"}) {
    EXPECT_EQ(fault_of_extra(name), "") << name;
    EXPECT_EQ(fault_of_removed(name), "") << name;
  }
}

TEST(FieldRules, RefuseWhatHasAKeyOfItsOwn) {
  EXPECT_EQ(fault_of_extra("x-frame-options"),
            "\"x-frame-options\" has a key of its own; write it under `frame_options`");
  EXPECT_NE(fault_of_extra("Content-Security-Policy-Report-Only"), "");
  EXPECT_EQ(fault_of_removed("X-Frame-Options"), "");
}

TEST(FieldRules, RefuseWhatFramesAMessage) {
  for (const std::string_view name :
       {"Content-Length", "transfer-encoding", "CONNECTION", "Upgrade", "Date", "TE"}) {
    EXPECT_NE(fault_of_extra(name), "") << name;
    EXPECT_NE(fault_of_removed(name), "") << name;
    EXPECT_NE(fault_of_request_header(name), "") << name;
  }
}

TEST(FieldRules, RefuseNamesThatCouldSplitAMessage) {
  for (const std::string_view name :
       {""sv, "a b"sv, "a:"sv, "a\r\nb"sv, "a\0"sv, "\xc3\xa4"sv, "a\x7f"sv}) {
    EXPECT_NE(fault_of_extra(name), "");
    EXPECT_NE(fault_of_removed(name), "");
    EXPECT_NE(fault_of_request_header(name), "");
  }
}

TEST(FieldRules, RefuseValuesThatCouldSplitAMessage) {
  EXPECT_EQ(fault_of_value("a\tb \xc3\xa4"), "");
  for (const std::string_view value : {""sv, "a\r\nSet-Cookie: b"sv, "a\n"sv, "\r"sv, "a\0b"sv}) {
    EXPECT_NE(fault_of_value(value), "");
  }
}

}  // namespace
}  // namespace portico::headers
