// SPDX-License-Identifier: Apache-2.0
#include "account/email.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

TEST(Email, KeepsTheTextAndFindsItInLowerCase) {
  const auto email = read_email("  Gunnar.Larsson+News@Example.COM ");
  ASSERT_TRUE(email);
  EXPECT_EQ(email->text, "Gunnar.Larsson+News@Example.COM");
  EXPECT_EQ(email->normal, "gunnar.larsson+news@example.com");
}

TEST(Email, AcceptsWhatPeopleHave) {
  for (const char* const text :
       {"a@b.co", "o'brien@example.ie", "x_y-z=1!#$%&*/?^`{|}~@example.com", "1@2.example",
        "name@sub.sub.example.com", "name@xn--bcher-kva.example", "name@3com.example"}) {
    EXPECT_TRUE(read_email(text)) << text << ": " << fault_of_email(text);
  }
}

TEST(Email, BoundsItsParts) {
  const std::string local(64, 'a');
  const std::string label(63, 'b');
  const std::string domain = label + "." + label + "." + std::string(61, 'c');
  ASSERT_EQ((local + "@" + domain).size(), 254U);
  EXPECT_TRUE(read_email(local + "@" + domain));
  EXPECT_FALSE(read_email(local + "@" + domain + "c"));
  EXPECT_FALSE(read_email(local + "a@example.com"));
  EXPECT_FALSE(read_email("a@" + label + "b.example"));
  EXPECT_FALSE(read_email("a@"));
}

TEST(Email, RefusesAnotherShape) {
  for (const char* const text : {"",
                                 "a",
                                 "a@b",
                                 "@example.com",
                                 "a@@example.com",
                                 "a@b@example.com",
                                 ".a@example.com",
                                 "a.@example.com",
                                 "a..b@example.com",
                                 "a@.example.com",
                                 "a@example.com.",
                                 "a@example..com",
                                 "a@-example.com",
                                 "a@example-.com",
                                 "a@example.123",
                                 "a@exa_mple.com",
                                 "a@127.0.0.1",
                                 "a@[127.0.0.1]",
                                 "\"a\"@example.com",
                                 "a(comment)@example.com",
                                 "a b@example.com",
                                 "Gunnar <a@example.com>",
                                 "a@example.com,b@example.com",
                                 "a;b@example.com"}) {
    EXPECT_FALSE(read_email(text)) << text;
    EXPECT_TRUE(fault_of_email(text).ends_with('.')) << text;
  }
}

TEST(Email, RefusesWhatWouldBeAnotherCommandOrField) {
  for (const char* const text :
       {"a@example.com\r\nBcc: c@example.com", "a@example.com\n", "\ta@example.com",
        "a@example.com>\r\nRCPT TO:<c@example.com", "a@exam\rple.com", "a\x7F@example.com",
        "a@example.com\xE2\x80\xA8", "\xC3\xA9@example.com",
        "a@b\xC3\xBC"
        "cher.example"}) {
    EXPECT_FALSE(read_email(text)) << text;
  }
  EXPECT_FALSE(read_email(std::string("a\0b@example.com", 15)));
}

}  // namespace
}  // namespace portico::auth
