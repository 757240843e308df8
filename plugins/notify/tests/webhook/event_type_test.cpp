// SPDX-License-Identifier: Apache-2.0
#include "webhook/event_type.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

TEST(EventType, HasPartsOfSmallLetters) {
  for (const char* const text : {"user", "user.created", "token.reuse_detected", "a.b.c.1", "_"}) {
    EXPECT_TRUE(is_event_type(text)) << text;
  }
  for (const char* const text : {"", ".", "user.", ".user", "a..b", "User", "user created",
                                 "user-x", "user.*", "*", "a\n"}) {
    EXPECT_FALSE(is_event_type(text)) << text;
  }
  EXPECT_TRUE(is_event_type(std::string(128, 'a')));
  EXPECT_FALSE(is_event_type(std::string(129, 'a')));
}

TEST(EventPattern, IsATypeOrAllBelowIt) {
  for (const char* const text : {"user.created", "user.*", "a.b.*", "*"}) {
    EXPECT_TRUE(is_event_pattern(text)) << text;
  }
  for (const char* const text :
       {"", ".*", "**", "*.created", "user*", "user.*.x", "u.c*", "user.**"}) {
    EXPECT_FALSE(is_event_pattern(text)) << text;
  }
}

TEST(EventPattern, WantsWhatItNames) {
  EXPECT_TRUE(wants("user.created", "user.created"));
  EXPECT_FALSE(wants("user.created", "user.created_twice"));
  EXPECT_FALSE(wants("user", "user.created"));
  EXPECT_TRUE(wants("user.*", "user.created"));
  EXPECT_TRUE(wants("user.*", "user.mail.changed"));
  EXPECT_FALSE(wants("user.*", "user"));
  EXPECT_FALSE(wants("user.*", "users.created"));
  EXPECT_TRUE(wants("*", "user"));
}

}  // namespace
}  // namespace portico::notify::webhook
