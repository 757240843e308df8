// SPDX-License-Identifier: Apache-2.0
#include "mail/wire_text.h"

#include "mail/date.h"
#include "mail/decoding.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;

/// 2026-01-31 09:05:00 UTC.
constexpr std::chrono::system_clock::time_point Date(std::chrono::seconds(1769850300));

MailMessage message() {
  return {.from = *Mailbox::parse("Portico <no-reply@example.com>"),
          .to = *Address::parse("ada@b.example"),
          .subject = "Hello",
          .text = "Hi\n",
          .id = "0190a7c2@example.com",
          .date = Date};
}

TEST(WireText, IsPlainWhereThereIsOnlyText) {
  EXPECT_EQ(wire_text(message()),
            "Date: Sat, 31 Jan 2026 09:05:00 +0000\r\n"
            "From: Portico <no-reply@example.com>\r\n"
            "To: ada@b.example\r\n"
            "Subject: Hello\r\n"
            "Message-ID: <0190a7c2@example.com>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hi\r\n");
}

TEST(WireText, HoldsAllThatAMessageMayHave) {
  MailMessage full = message();
  full.to_name = "Ada, Countess \"Byron\"";
  full.reply_to = Mailbox::parse("H\xc3\xbclfe <help@example.com>");
  full.subject =
      "Best\xc3\xa4tigen Sie Ihre Adresse \xe2\x80\x93 sonst l\xc3\xb6schen wir sie in drei Tagen";
  full.text =
      "Gr\xc3\xbc\xc3\x9f"
      "e\r.\r";
  full.html = "<p class=\"a\">\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf</p>\n";
  full.list_unsubscribe = "https://example.com/notify/unsubscribe/abc?x=1";
  full.headers = {{"X-Category", "account"}, {"Feedback-ID", "a:b:c"}};
  EXPECT_EQ(wire_text(full),
            "Date: Sat, 31 Jan 2026 09:05:00 +0000\r\n"
            "From: Portico <no-reply@example.com>\r\n"
            "To: \"Ada, Countess \\\"Byron\\\"\" <ada@b.example>\r\n"
            "Reply-To: =?UTF-8?B?SMO8bGZl?= <help@example.com>\r\n"
            "Subject: =?UTF-8?B?QmVzdMOkdGlnZW4gU2llIElocmUgQWRyZXNzZSDigJMgc29uc3Qg?=\r\n"
            " =?UTF-8?B?bMO2c2NoZW4gd2lyIHNpZSBpbiBkcmVpIFRhZ2Vu?=\r\n"
            "Message-ID: <0190a7c2@example.com>\r\n"
            "List-Unsubscribe: <https://example.com/notify/unsubscribe/abc?x=1>\r\n"
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "X-Category: account\r\n"
            "Feedback-ID: a:b:c\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: multipart/alternative; boundary=\"=_next_part\"\r\n"
            "\r\n"
            "--=_next_part\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "R3LDvMOfZQ0KLg0K\r\n"
            "\r\n"
            "--=_next_part\r\n"
            "Content-Type: text/html; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            "\r\n"
            "PHAgY2xhc3M9ImEiPuOBk+OCk+OBq+OBoeOBrzwvcD4NCg==\r\n"
            "\r\n"
            "--=_next_part--\r\n");
}

TEST(WireText, IsHtmlWhereThereIsNoText) {
  MailMessage html = message();
  html.text = "";
  html.html = "<p>Hi</p>";
  const Parsed result = parsed(wire_text(html));
  EXPECT_EQ(result.value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(decoded_body(result), "<p>Hi</p>\r\n");
}

TEST(WireText, KeepsBothPartsApartWhateverTheyHold) {
  MailMessage tricky = message();
  tricky.text = "--=_next_part\r\n--=_next_part--\r\n\n.\n=_next_part";
  tricky.html = "<p>\r\n--=_next_part--\n</p>";
  const auto parts = parts_of(parsed(wire_text(tricky)));
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(decoded_body(parts[0]), "--=_next_part\r\n--=_next_part--\r\n\r\n.\r\n=_next_part\r\n");
  EXPECT_EQ(decoded_body(parts[1]), "<p>\r\n--=_next_part--\r\n</p>\r\n");
}

TEST(WireText, FoldsBeforeAnAddressThatDoesNotFit) {
  MailMessage wide = message();
  wide.to_name = std::string(50, 'n');
  wide.to = *Address::parse("a-rather-long-name@mail.example");
  EXPECT_NE(
      wire_text(wide).find("To: " + wide.to_name + "\r\n <a-rather-long-name@mail.example>\r\n"),
      std::string::npos);
}

TEST(WireText, ShowsAWholeSubjectToItsReader) {
  MailMessage long_one = message();
  for (int i = 0; i < 60; ++i) long_one.subject += " \xf0\x9f\x98\x80\xc3\xa4 word";
  const std::string wire = wire_text(long_one);
  EXPECT_EQ(decoded_words(parsed(wire).value("Subject")), long_one.subject);
  for (const std::string& line : lines_of(wire)) EXPECT_LE(line.size(), 78U) << line;
}

// Case 127: what would end a line is refused wherever it could stand in a field.
using Spoil = std::function<void(MailMessage&, const std::string&)>;
struct Place {
  const char* name;
  Spoil spoil;
};
void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }
class Injection : public testing::TestWithParam<Place> {};

TEST_P(Injection, IsRefused) {
  using namespace std::string_literals;
  for (const std::string& end : {"\r\n"s, "\r"s, "\n"s, "\n "s, "\t"s, "\0"s, "\x7f"s, "\xc2\x85"s,
                                 "\xe2\x80\xa8"s, "\xe2\x80\xa9"s, "\xff"s, "\xc0\x8d\xc0\x8a"s}) {
    MailMessage spoilt = message();
    GetParam().spoil(spoilt, "x" + end + "Bcc: evil@b.example");
    EXPECT_THROW(static_cast<void>(wire_text(spoilt)), std::invalid_argument) << end;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Places, Injection,
    testing::Values(Place{"subject", [](MailMessage& m, const std::string& s) { m.subject = s; }},
                    Place{"to_name", [](MailMessage& m, const std::string& s) { m.to_name = s; }},
                    Place{"from", [](MailMessage& m, const std::string& s) { m.from.name = s; }},
                    Place{"reply_to",
                          [](MailMessage& m, const std::string& s) {
                            m.reply_to = Mailbox{s, m.to};
                          }},
                    Place{"id",
                          [](MailMessage& m, const std::string& s) { m.id = s + "@b.example"; }},
                    Place{"id", [](MailMessage& m, const std::string& s) { m.id = "a@" + s; }},
                    Place{"unsubscribe",
                          [](MailMessage& m, const std::string& s) {
                            m.list_unsubscribe = "https://b.example/" + s;
                          }},
                    Place{"value",
                          [](MailMessage& m, const std::string& s) {
                            m.headers = {{"X-A", s}};
                          }},
                    Place{"name", [](MailMessage& m, const std::string& s) {
                            m.headers = {{s, "x"}};
                          }}));

// Case 127: in template data that reaches a body it is content.
TEST(WireText, LetsNothingInABodyReachTheHeader) {
  MailMessage body = message();
  body.text =
      "\r\nBcc: evil@b.example\r\n\r\n.\r\nMAIL FROM:<x@y.example>\xe2\x80\xa8"
      "Bcc: x";
  const Parsed result = parsed(wire_text(body));
  EXPECT_EQ(result.value("Bcc"), "no field Bcc");
  EXPECT_EQ(decoded_body(result), body.text + "\r\n");
}

// Case 127: an encoded word in a name is shown, not decoded.
TEST(WireText, WritesOneRecipientWhateverTheName) {
  MailMessage named = message();
  named.to_name = "=?utf-8?Q?x?= <evil@b.example>, y";
  const Parsed result = parsed(wire_text(named));
  const std::string to = result.value("To");
  EXPECT_EQ(std::ranges::count(to, '@'), 1) << to;
  EXPECT_EQ(decoded_words(to), named.to_name + " <ada@b.example>");
}

TEST(WireText, RefusesFieldsThatAreNotFree) {
  for (const char* name :
       {"Bcc", "bcc", "TO", "Content-Type", "content-transfer-encoding", "Subject", "Resent-To",
        "Return-Path", "List-Unsubscribe", "MIME-Version", "X A", "X:A", "", "-X", "\xc3\xa4"}) {
    MailMessage custom = message();
    custom.headers = {{name, "x"}};
    EXPECT_THROW(static_cast<void>(wire_text(custom)), std::invalid_argument) << name;
  }
  MailMessage custom = message();
  custom.headers = {{std::string(40, 'X'), "\xc3\xa4"}};
  EXPECT_EQ(decoded_words(parsed(wire_text(custom)).value(std::string(40, 'X'))), "\xc3\xa4");
  custom.headers = {{std::string(41, 'X'), "x"}};
  EXPECT_THROW(static_cast<void>(wire_text(custom)), std::invalid_argument);
}

TEST(WireText, RefusesWhatHasNotItsForm) {
  const auto refuses = [](const Spoil& spoil, const std::string& value) {
    MailMessage spoilt = message();
    spoil(spoilt, value);
    EXPECT_THROW(static_cast<void>(wire_text(spoilt)), std::invalid_argument) << value;
  };
  for (const char* id : {"", "a", "@b", "a@", "a b@c", "a@b@c", "<a@b>", "a..b@c", "a@b."}) {
    refuses([](MailMessage& m, const std::string& s) { m.id = s; }, id);
  }
  refuses([](MailMessage& m, const std::string& s) { m.id = s; }, std::string(200, 'a') + "@b");
  for (const char* url : {"http://b.example/", "https://", "https://b.example/>,<mailto:x",
                          "https://b.example/ x", "mailto:x@b.example", "https://b.example/,x"}) {
    refuses([](MailMessage& m, const std::string& s) { m.list_unsubscribe = s; }, url);
  }
  refuses([](MailMessage& m, const std::string& s) { m.list_unsubscribe = s; },
          "https://" + std::string(900, 'x'));
  refuses([](MailMessage& m, const std::string& s) { m.subject = s; }, std::string(4097, 'x'));
  refuses([](MailMessage& m, const std::string& s) { m.text = s; }, "\xff");
  refuses([](MailMessage& m, const std::string& s) { m.html = s; }, "\xc3");
}

TEST(Date, IsInUtcAndEnglish) {
  using std::chrono::seconds;
  using Point = std::chrono::system_clock::time_point;
  EXPECT_EQ(mail::date_text(Point(seconds(0))), "Thu, 01 Jan 1970 00:00:00 +0000");
  EXPECT_EQ(mail::date_text(Point(seconds(951827696))), "Tue, 29 Feb 2000 12:34:56 +0000");
  EXPECT_EQ(mail::date_text(Point(seconds(951827696)) + 999ms), "Tue, 29 Feb 2000 12:34:56 +0000");
  EXPECT_EQ(mail::date_text(Point(seconds(-1))), "Wed, 31 Dec 1969 23:59:59 +0000");
  EXPECT_THROW(static_cast<void>(mail::date_text(Point(seconds(-2240524800)))),
               std::invalid_argument);
}

}  // namespace
}  // namespace portico::notify::test
