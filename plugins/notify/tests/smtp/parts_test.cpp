// SPDX-License-Identifier: Apache-2.0
// What the room is made of, without a server.
#include "smtp/extensions.h"
#include "smtp/outcome.h"
#include "smtp/reply.h"
#include "smtp/server.h"
#include "smtp/wire.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace smtp;
using namespace std::string_literals;

TEST(ReplyLine, IsACodeAndAText) {
  const auto last = parse_reply_line("250 Ok");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->code, 250);
  EXPECT_TRUE(last->last);
  EXPECT_EQ(last->text, "Ok");
  EXPECT_FALSE(parse_reply_line("250-Ok")->last);
  EXPECT_TRUE(parse_reply_line("250")->last);
  EXPECT_EQ(parse_reply_line("250 ")->text, "");
}

TEST(ReplyLine, IsNothingElse) {
  for (const char* line : {"", "2", "25", "2500 x", "250x", "150 x", "650 x", "2x0 x", "25x x",
                           " 250 x", "HTTP/1.1 400 Bad Request", "\xff\xfe"}) {
    EXPECT_FALSE(parse_reply_line(line)) << line;
  }
}

TEST(Reply, HasAnEnhancedCodeThatFitsIt) {
  EXPECT_EQ((Reply{450, {"4.7.1 Greylisted", "4.7.2 x"}}.enhanced()), "4.7.1");
  EXPECT_EQ((Reply{550, {"5.1.10"}}.enhanced()), "5.1.10");
  EXPECT_EQ((Reply{550, {"5.123.456 x"}}.enhanced()), "5.123.456");
  for (const char* text :
       {"4.1.1 x", "5.1 x", "5.1.1x", "5..1 x", "5.1234.1 x", "x 5.1.1", "", "5.1."}) {
    EXPECT_EQ((Reply{550, {text}}.enhanced()), "") << text;
  }
}

TEST(Reply, ShowsItselfPrintable) {
  const Reply reply{550, {"5.1.1 no \x1b[31m\xc3\xa4", "such\tuser\0"s}};
  EXPECT_EQ(reply.text(), "5.1.1 no ?[31m?? such?user?");
  EXPECT_EQ(printable(std::string(5000, 'x')).size(), 1024U);
  EXPECT_LE((Reply{550, std::vector<std::string>(128, std::string(2000, 'x'))}.text().size()),
            1024U);
}

TEST(Extensions, AreReadWhateverTheirCase) {
  const Extensions all = read_extensions(
      {250,
       {"fake", "pipelining", "SIZE 1000", "StartTLS", "AUTH GSSAPI LOGIN PLAIN", "8BITMIME"}});
  EXPECT_TRUE(all.pipelining && all.size && all.starttls && all.auth_login && all.auth_plain);
  EXPECT_EQ(all.most_size, 1000U);
  const Extensions old = read_extensions({250, {"fake", "AUTH=LOGIN", "SIZE"}});
  EXPECT_TRUE(old.auth_login && old.size && !old.auth_plain);
  EXPECT_EQ(old.most_size, 0U);
}

TEST(Extensions, AreNotReadIntoOtherWords) {
  // The first line is a greeting, and PLAINTEXT is not PLAIN.
  const Extensions none = read_extensions(
      {250, {"STARTTLS", "AUTH PLAINTEXT XLOGIN", "XPIPELINING", "SIZE 99999999999999999999999"}});
  EXPECT_FALSE(none.starttls || none.auth_plain || none.auth_login || none.pipelining);
  EXPECT_EQ(none.most_size, 0U);
  EXPECT_EQ(read_extensions({250, {"fake", "SIZE 12x"}}).most_size, 0U);
}

// Case 129: what some server might take for the end of a message never leaves.
TEST(Wire, HasOneKindOfLineEnd) {
  EXPECT_TRUE(is_wire("a\r\n"));
  EXPECT_TRUE(is_wire("\r\n"));
  EXPECT_TRUE(is_wire("a: b\r\n\r\n.\r\n..\r\n"));
  for (const std::string& bytes :
       {""s, "a"s, "a\r\nb"s, "a\n"s, "a\r"s, "a\n.\n\r\n"s, "a\n.\r\n"s, "a\r.\r\r\n"s, "a\r\r\n"s,
        "a\n\r\n"s, "\n\r\n"s, "a\0b\r\n"s, "\xc3\xa4\r\n"s, "a\r\n.\rb\r\n"s}) {
    EXPECT_FALSE(is_wire(bytes));
  }
  EXPECT_TRUE(is_wire(std::string(998, 'x') + "\r\n"));
  EXPECT_FALSE(is_wire(std::string(999, 'x') + "\r\n"));
}

TEST(Wire, StuffsDots) {
  EXPECT_EQ(stuffed("a\r\n"), "a\r\n.\r\n");
  EXPECT_EQ(stuffed(".\r\n"), "..\r\n.\r\n");
  EXPECT_EQ(stuffed("a.b\r\n.c\r\n..\r\n\r\n"), "a.b\r\n..c\r\n...\r\n\r\n.\r\n");
}

TEST(Wire, HasNoOtherEndThanItsOwn) {
  const std::string bytes = stuffed("a\r\n.\r\n..\r\n.\r\n\r\n.\r\n");
  EXPECT_EQ(bytes.find("\r\n.\r\n"), bytes.size() - 5);
}

TEST(SmtpServer, IsCheckedBeforeItIsUsed) {
  const SmtpServer good{
      .host = "mail.example", .user = "u", .password = "p", .helo = "[192.0.2.1]"};
  EXPECT_EQ(fault_of(good), "");
  const auto faulty = [&](auto spoil) {
    SmtpServer server = good;
    spoil(server);
    return !fault_of(server).empty();
  };
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.host = ""; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.host = "a b"; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.host = "a\0b"s; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.port = 0; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.helo = "a\r\nMAIL FROM:<x@y.example>"; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.user = "a\0b"s; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.password = "a\0b"s; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.password = ""; }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.timeout = std::chrono::milliseconds(0); }));
  EXPECT_TRUE(faulty([](SmtpServer& s) { s.total_timeout = std::chrono::milliseconds::max(); }));
}

// Case 147: only a mailbox that is not there puts an address on the list of those to spare.
TEST(SmtpOutcome, TellsWhoseFaultANeverIs) {
  const auto gone = [](SmtpOutcome::Step step, int code, std::string enhanced) {
    return SmtpOutcome{SmtpOutcome::Kind::Never, step, code, std::move(enhanced), "", ""}
        .recipient_is_gone();
  };
  using Step = SmtpOutcome::Step;
  EXPECT_TRUE(gone(Step::Recipient, 550, "5.1.1"));
  EXPECT_TRUE(gone(Step::Recipient, 550, ""));
  EXPECT_TRUE(gone(Step::Recipient, 556, "5.1.10"));
  EXPECT_TRUE(gone(Step::Recipient, 550, "5.2.1"));
  EXPECT_FALSE(gone(Step::Recipient, 550, "5.7.1"));
  EXPECT_FALSE(gone(Step::Recipient, 550, "5.1.8"));
  EXPECT_FALSE(gone(Step::Recipient, 552, "5.2.2"));
  EXPECT_FALSE(gone(Step::Recipient, 554, ""));
  EXPECT_FALSE(gone(Step::Sender, 550, "5.1.1"));
  EXPECT_FALSE(gone(Step::Message, 550, ""));
  SmtpOutcome later{SmtpOutcome::Kind::Later, Step::Recipient, 450, "4.1.1", "", ""};
  EXPECT_FALSE(later.recipient_is_gone());
}

}  // namespace
}  // namespace portico::notify::test
