// SPDX-License-Identifier: Apache-2.0
#include "sendgrid/mail_send.h"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace portico::notify::sendgrid {
namespace {

MailParts parts() {
  return {.from = {"no-reply@example.com", "Example"},
          .to = {"ada@example.org"},
          .subject = "Welcome",
          .text = "Hello Ada",
          .delivery = "0192f0c1"};
}

rapidjson::Document read(const MailParts& parts) {
  rapidjson::Document body;
  body.Parse(mail_send_body(parts).c_str());
  return body;
}

constexpr const char* Tracking =
    R"("tracking_settings":{"click_tracking":{"enable":false,"enable_text":false},)"
    R"("open_tracking":{"enable":false},"subscription_tracking":{"enable":false}}})";

TEST(MailSend, WritesTheLeastThatIsNeeded) {
  EXPECT_EQ(mail_send_body(parts()),
            std::string(R"({"personalizations":[{"to":[{"email":"ada@example.org"}],)"
                        R"("custom_args":{"delivery":"0192f0c1"}}],)"
                        R"("from":{"email":"no-reply@example.com","name":"Example"},)"
                        R"("subject":"Welcome",)"
                        R"("content":[{"type":"text/plain","value":"Hello Ada"}],)") +
                Tracking);
}

TEST(MailSend, WritesAllParts) {
  MailParts all = parts();
  all.to.name = "Ada \"Countess\" L\xc3\xb6velace";
  all.reply_to = Person{"help@example.com", "Help"};
  all.html = "<p>Hello</p>";
  all.id = "0190@example.com";
  all.list_unsubscribe = "https://example.com/u/t?x=1";
  all.headers = {{"X-Entity", "a b"}, {"Feedback-ID", "1:2"}};
  EXPECT_EQ(mail_send_body(all),
            std::string(R"({"personalizations":[{"to":[{"email":"ada@example.org",)"
                        R"("name":"Ada \"Countess\" Lövelace"}],)"
                        R"("custom_args":{"delivery":"0192f0c1"}}],)"
                        R"("from":{"email":"no-reply@example.com","name":"Example"},)"
                        R"("reply_to":{"email":"help@example.com","name":"Help"},)"
                        R"("subject":"Welcome",)"
                        R"("content":[{"type":"text/plain","value":"Hello Ada"},)"
                        R"({"type":"text/html","value":"<p>Hello</p>"}],)"
                        R"("headers":{"Message-ID":"<0190@example.com>",)"
                        R"("List-Unsubscribe":"<https://example.com/u/t?x=1>",)"
                        R"("List-Unsubscribe-Post":"List-Unsubscribe=One-Click",)"
                        R"("X-Entity":"a b","Feedback-ID":"1:2"},)") +
                Tracking);
}

TEST(MailSend, KeepsTheLinesOfTheText) {
  MailParts mail = parts();
  mail.text = "a\r\n.\r\nb\n\xe2\x80\xa8 \x01";
  const auto body = read(mail);
  ASSERT_TRUE(body.IsObject());
  EXPECT_EQ(body["content"][0]["value"].GetString(), mail.text);
}

TEST(MailSend, SendsHtmlAlone) {
  MailParts mail = parts();
  mail.html = "<p>a</p>";
  mail.text.clear();
  const auto body = read(mail);
  ASSERT_TRUE(body.IsObject());
  ASSERT_EQ(body["content"].Size(), 1U);
  EXPECT_STREQ(body["content"][0]["type"].GetString(), "text/html");
}

// Case 127: the service would write these into the head of the mail.
TEST(MailSend, RefusesLinesWithinALine) {
  for (const char* const text : {"a\r\nBcc: x@example.com", "a\nb", "a\rb", "a\tb", "a\x7f",
                                 "a\xe2\x80\xa8"
                                 "b",
                                 "a\xe2\x80\xa9"
                                 "b",
                                 "a\xc2\x85"
                                 "b"}) {
    MailParts subject = parts();
    subject.subject = text;
    EXPECT_THROW((void)mail_send_body(subject), std::invalid_argument) << text;
    MailParts from = parts();
    from.from.name = text;
    EXPECT_THROW((void)mail_send_body(from), std::invalid_argument) << text;
    MailParts to = parts();
    to.to.name = text;
    EXPECT_THROW((void)mail_send_body(to), std::invalid_argument) << text;
    MailParts reply = parts();
    reply.reply_to = Person{"help@example.com", text};
    EXPECT_THROW((void)mail_send_body(reply), std::invalid_argument) << text;
    MailParts delivery = parts();
    delivery.delivery = text;
    EXPECT_THROW((void)mail_send_body(delivery), std::invalid_argument) << text;
    MailParts header = parts();
    header.headers = {{"X-A", text}};
    EXPECT_THROW((void)mail_send_body(header), std::invalid_argument) << text;
  }
}

// Case 128.
TEST(MailSend, RefusesWhatIsNoAddress) {
  for (const char* const email : {"", "ada", "a@b@c", "a@b>\r\nRCPT TO:<c@d", "a@b,c", "a b@c",
                                  "<a@b>", "\"a\"@b", "a@b\n", "a@[127.0.0.1]", "\xc3\xa4@b"}) {
    MailParts to = parts();
    to.to.email = email;
    EXPECT_THROW((void)mail_send_body(to), std::invalid_argument) << email;
    MailParts from = parts();
    from.from.email = email;
    EXPECT_THROW((void)mail_send_body(from), std::invalid_argument) << email;
  }
}

TEST(MailSend, RefusesHeadersThatTheServiceWrites) {
  for (const char* const name : {"",
                                 "x-sg-id",
                                 "X-SG-EID",
                                 "Received",
                                 "DKIM-Signature",
                                 "Content-Type",
                                 "Content-Transfer-Encoding",
                                 "To",
                                 "from",
                                 "Subject",
                                 "Reply-To",
                                 "CC",
                                 "Bcc",
                                 "Message-ID",
                                 "List-Unsubscribe",
                                 "X-SMTPAPI",
                                 "Date",
                                 "MIME-Version",
                                 "a:b",
                                 "a b",
                                 "a\n",
                                 "\xc3\xa4"}) {
    MailParts mail = parts();
    mail.headers = {{name, "a"}};
    EXPECT_THROW((void)mail_send_body(mail), std::invalid_argument) << name;
  }
  for (const std::string& value : {std::string(), std::string(999, 'a'), std::string("\xc3\xa4")}) {
    MailParts mail = parts();
    mail.headers = {{"X-A", value}};
    EXPECT_THROW((void)mail_send_body(mail), std::invalid_argument) << value;
  }
}

TEST(MailSend, RefusesWhatIsNotUtf8) {
  for (const char* const text : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    MailParts mail = parts();
    mail.text = text;
    EXPECT_THROW((void)mail_send_body(mail), std::invalid_argument);
    MailParts subject = parts();
    subject.subject = text;
    EXPECT_THROW((void)mail_send_body(subject), std::invalid_argument);
  }
}

TEST(MailSend, RefusesWhatIsMissing) {
  MailParts subject = parts();
  subject.subject.clear();
  EXPECT_THROW((void)mail_send_body(subject), std::invalid_argument);
  MailParts text = parts();
  text.text.clear();
  EXPECT_THROW((void)mail_send_body(text), std::invalid_argument);
  for (const char* const url : {"http://example.com/u", "mailto:a@b",
                                "https://example.com/>,<x:", "https://example.com/\r\nBcc: a@b"}) {
    MailParts mail = parts();
    mail.list_unsubscribe = url;
    EXPECT_THROW((void)mail_send_body(mail), std::invalid_argument) << url;
  }
}

}  // namespace
}  // namespace portico::notify::sendgrid
