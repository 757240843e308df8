// SPDX-License-Identifier: Apache-2.0
#include "account/metadata.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

std::string members(int count) {
  std::string json = "{";
  for (int i = 0; i < count; ++i) {
    if (i > 0) json += ',';
    json += "\"k" + std::to_string(i) + "\":" + std::to_string(i);
  }
  return json + "}";
}

TEST(Metadata, IsAnObjectOfAnything) {
  for (const char* const json :
       {"{}", R"({"plan":"gold","seats":3,"ratio":-1.5e3,"open":true,"none":null})",
        R"( {"a.b-c_1":[{"c":["text"]}]} )", R"({"name":"Bj\u00f6rk"})"}) {
    EXPECT_EQ(fault_of_metadata(json), "") << json;
  }
}

TEST(Metadata, IsNothingElse) {
  for (const char* const json :
       {"", "[]", "1", "\"text\"", "null", "{", "{}x", "{}{}", "{a:1}", "{\"a\":01}", "{\"a\":NaN}",
        "{\"a\":\"\xFF\"}", R"({"a":"\ud800"})", R"({"a":"\u0000"})", "{\"a\":1,}"}) {
    EXPECT_NE(fault_of_metadata(json), "") << json;
  }
  EXPECT_NE(fault_of_metadata(std::string("{}\0", 3)), "");
}

TEST(Metadata, IsBounded) {
  EXPECT_EQ(fault_of_metadata(members(64)), "");
  EXPECT_EQ(fault_of_metadata(members(65)), "The metadata has more than 64 members.");
  EXPECT_EQ(fault_of_metadata(R"({"a":{"b":{"c":{}}}})"), "");
  EXPECT_EQ(fault_of_metadata(R"({"a":{"b":{"c":[[]]}}})"),
            "The metadata is nested deeper than 4 levels.");
  EXPECT_EQ(fault_of_metadata("{\"a\":\"" + std::string(8184, 'x') + "\"}"), "");
  EXPECT_EQ(fault_of_metadata("{\"a\":\"" + std::string(8185, 'x') + "\"}"),
            "The metadata has more than 8 KiB.");
  EXPECT_NE(fault_of_metadata(std::string(8000, '[')), "");
}

TEST(Metadata, HasNoNamesThatScriptsMisunderstand) {
  for (const char* const name : {"__proto__", "constructor", "prototype", "", "1a", "a b",
                                 "\\u0061b c", "\xC3\xA9", "a$b"}) {
    const std::string json = std::string("{\"x\":{\"") + name + "\":1}}";
    EXPECT_NE(fault_of_metadata(json), "") << json;
  }
  EXPECT_NE(fault_of_metadata(R"({"\u005f_proto__":1})"), "");
  EXPECT_EQ(fault_of_metadata(R"({"a":1,"\u0061":2})"),
            "The metadata has two members of one name.");
  EXPECT_NE(fault_of_metadata("{\"" + std::string(65, 'a') + "\":1}"), "");
}

}  // namespace
}  // namespace portico::auth
