// SPDX-License-Identifier: Apache-2.0
#include "mail/address.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::string_literals;

TEST(Address, KeepsTheLocalPartAndLowersTheDomain) {
  const auto address = Address::parse("  Ada.Lovelace+x@Mail.EXAMPLE  ");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->text(), "Ada.Lovelace+x@mail.example");
  EXPECT_EQ(address->local(), "Ada.Lovelace+x");
  EXPECT_EQ(address->domain(), "mail.example");
}

TEST(Address, StaysWholeWhenItIsCopiedAndMoved) {
  const auto address = Address::parse("a@b.example");
  Address copy = *address;
  const Address moved = std::move(copy);
  EXPECT_EQ(moved.domain(), "b.example");
  EXPECT_EQ(moved, *address);
}

TEST(Address, TakesEveryAtomOfTheRules) {
  EXPECT_TRUE(Address::parse("!#$%&'*+-/=?^_`{|}~@b.example"));
  EXPECT_TRUE(Address::parse("a@xn--bcher-kva.example"));
  EXPECT_TRUE(Address::parse("a@4-you.x1"));
}

TEST(Address, KeepsToItsSizes) {
  const std::string label(63, 'd');
  const std::string domain = label + "." + label + "." + label;  // 191
  EXPECT_TRUE(Address::parse(std::string(62, 'l') + "@" + domain));
  EXPECT_FALSE(Address::parse(std::string(63, 'l') + "@" + domain));  // 255
  EXPECT_TRUE(Address::parse(std::string(64, 'l') + "@b.example"));
  EXPECT_FALSE(Address::parse(std::string(65, 'l') + "@b.example"));
  EXPECT_FALSE(Address::parse("a@" + label + "d.example"));
}

class NoAddress : public testing::TestWithParam<std::string> {};

TEST_P(NoAddress, IsRefused) { EXPECT_FALSE(Address::parse(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Forms, NoAddress,
                         testing::Values(""s, "a"s, "@"s, "a@"s, "@b.example"s, "a@b"s,
                                         "a@@b.example"s, "a@b@c.example"s, ".a@b.example"s,
                                         "a.@b.example"s, "a..b@c.example"s, "a b@c.example"s,
                                         "\"a\"@b.example"s, "a(x)@b.example"s, "a@[192.0.2.1]"s,
                                         "a@192.0.2.1"s, "a@b.example."s, "a@.example"s,
                                         "a@-b.example"s, "a@b-.example"s, "a@b_c.example"s,
                                         "<a@b.example>"s, "a,b@c.example"s, "a;b@c.example"s,
                                         "a\\@b.example"s, "\ta@b.example"s, "\xc3\xa4@b.example"s,
                                         "a@b\xc3\xbc"
                                         "cher.example"s,
                                         "a@b.example\xe2\x80\xa8"s));

// Case 128: what would end a command and begin another.
INSTANTIATE_TEST_SUITE_P(Commands, NoAddress,
                         testing::Values("a@b>\r\nRCPT TO:<c@d"s, "a@b.example\r\n"s,
                                         "a@b.example\n"s, "a@b.example\r"s, "\r\na@b.example"s,
                                         "a@b.example\r\nDATA"s, "a@b.example>"s, "a@b.example\0"s,
                                         "a\0@b.example"s, "a\r@b.example"s, "a\n@b.example"s,
                                         "a@b.example SIZE=1"s, "a@b.example\x7f"s));

TEST(Mailbox, ReadsWhatAnOperatorWrites) {
  const auto plain = Mailbox::parse(" a@b.example ");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->name, "");
  EXPECT_EQ(plain->address.text(), "a@b.example");
  const auto named = Mailbox::parse("Sch\xc3\xb6n, Jo (sales) <a@b.example>");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->name, "Sch\xc3\xb6n, Jo (sales)");
  const auto quoted = Mailbox::parse(R"("Jo \"x\" <y> \\" <a@b.example>)");
  ASSERT_TRUE(quoted);
  EXPECT_EQ(quoted->name, R"(Jo "x" <y> \)");
  EXPECT_TRUE(Mailbox::parse("<a@b.example>"));
  EXPECT_EQ(Mailbox::parse("Jo<a@b.example>")->name, "Jo");
}

class NoMailbox : public testing::TestWithParam<std::string> {};

TEST_P(NoMailbox, IsRefused) { EXPECT_FALSE(Mailbox::parse(GetParam())); }

// Case 127 among them: a name with the end of a line in it.
INSTANTIATE_TEST_SUITE_P(
    Forms, NoMailbox,
    testing::Values(""s, "Jo"s, "Jo <a@b.example"s, "Jo a@b.example>"s, "Jo <a@b>"s, "Jo <>"s,
                    "Jo <x@y.example> <a@b.example>"s, "a\"b <a@b.example>"s, "\"Jo <a@b.example>"s,
                    "\"Jo\" x <a@b.example>"s, "\"Jo\\\" <a@b.example>"s, "\"a\"b\" <a@b.example>"s,
                    "Jo\r\nBcc: x@y.example <a@b.example>"s, "Jo\n <a@b.example>"s,
                    "\"Jo\r\" <a@b.example>"s, "Jo\0 <a@b.example>"s, "Jo\xc2\x85 <a@b.example>"s,
                    "Jo\xe2\x80\xa8 <a@b.example>"s, "Jo\xe2\x80\xa9 <a@b.example>"s,
                    "Jo\xe2\x80\xae <a@b.example>"s, "Jo\xff <a@b.example>"s,
                    std::string(101, 'x') + " <a@b.example>"));

}  // namespace
}  // namespace portico::notify::test
