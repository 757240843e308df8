// SPDX-License-Identifier: Apache-2.0
#include "live/topic_name.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

TEST(TopicName, IsWordsWithDotsBetweenThem) {
  for (const char* good : {"a", "orders", "orders.new", "a-b.c_d.9", "-", "_._"}) {
    EXPECT_TRUE(is_topic(good)) << good;
  }
  for (const char* bad :
       {"", ".", "a.", ".a", "a..b", "A", "a b", "a/b", "a%2fb", "ä", "a\n", "a'; DROP", "a*"}) {
    EXPECT_FALSE(is_topic(bad)) << bad;
  }
  EXPECT_TRUE(is_topic(std::string(100, 'a')));
  EXPECT_FALSE(is_topic(std::string(101, 'a')));
  EXPECT_FALSE(is_topic(std::string_view("a\0b", 3)));
}

TEST(TopicName, BeginsWithUserWhereItIsOneUsers) {
  EXPECT_TRUE(is_of_a_user("user.ada"));
  EXPECT_TRUE(is_of_a_user("user."));
  EXPECT_FALSE(is_of_a_user("user"));
  EXPECT_FALSE(is_of_a_user("users.ada"));
}

// Case 125: a name that breaks a line would begin another field of the stream.
TEST(EventName, HasNothingThatAStreamOfEventsReadsOtherwise) {
  for (const char* good : {"a", "order.shipped", "Order:shipped", "a-b_c.9"}) {
    EXPECT_TRUE(is_event_name(good)) << good;
  }
  for (const char* bad : {"", "a\nid: 7", "a\r", "a b", "ä", "a'b", "{a}"}) {
    EXPECT_FALSE(is_event_name(bad)) << bad;
  }
  EXPECT_FALSE(is_event_name(std::string(65, 'a')));
  EXPECT_FALSE(is_event_name(std::string_view("a\0b", 3)));
}

TEST(Subject, IsPrintable) {
  EXPECT_TRUE(is_subject("auth0|0192f0c1-7a5e"));
  for (const char* bad : {"", "a b", "a\tb", "\x7f", "\xC3\xA4"}) {
    EXPECT_FALSE(is_subject(bad)) << bad;
  }
  EXPECT_FALSE(is_subject(std::string(256, 'a')));
}

}  // namespace
}  // namespace portico::notify
