// SPDX-License-Identifier: Apache-2.0
// Messages from the request that sends them to the mail that arrives.
#include "notified.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view ToAda =
    R"({"to":{"user_id":"ada"},"content":{"title":"Hello","body":"How are you?"}})";

TEST(NotifyMessages, GoFromARequestToAMail) {
  Notified site;
  const auto reply = site.post("/notify/messages", ToAda);
  ASSERT_EQ(reply.status, Status::Accepted) << reply.body;
  EXPECT_EQ(member(reply.body, "status"), "queued");
  EXPECT_EQ(site.mails(), Lines{}) << "nothing waits for a mail server";
  site.work();
  const Lines mails = site.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("\nTo: ada@example.com\n"), std::string::npos) << mails[0];
  EXPECT_NE(mails[0].find("\nFrom: Example <no-reply@example.com>\n"), std::string::npos);
  EXPECT_NE(mails[0].find("\nSubject: Hello\n"), std::string::npos);
  const auto shown = site.gateway.get("/notify/messages/" + member(reply.body, "id"));
  EXPECT_EQ(shown.status, Status::Ok);
  EXPECT_EQ(member(shown.body, "status"), "sent") << shown.body;
  EXPECT_NE(shown.body.find(R"("channel":"email","address":"ada@example.com","status":"sent")"),
            std::string::npos)
      << shown.body;
}

TEST(NotifyMessages, AreListedByAllFiltersAtOnce) {
  Notified site;
  const auto send = [&](std::string_view to) {
    return site.post("/notify/messages", R"({"to":{"email":")" + std::string(to) +
                                             R"("},"content":{"title":"t","body":"b"}})");
  };
  send("bob@Example.NET");
  for (int i = 0; i < 60; ++i) send(" bob@example.net ");
  site.change(
      "UPDATE notify_messages SET status = 'sent' WHERE id > (SELECT MIN(id) FROM "
      "notify_messages)");
  const auto found = site.gateway.get("/notify/messages?to=bob@Example.net&status=queued");
  EXPECT_NE(found.body.find("\"queued\""), std::string::npos) << found.body;
  for (const std::string_view bad : {"to=%00", "to=%ff", "status=%ed%a0%80", "template=%ff"}) {
    EXPECT_EQ(site.gateway.get("/notify/messages?" + std::string(bad)).status,
              Status::UnprocessableContent)
        << bad;
  }
}

TEST(NotifyMessages, AreInTheLanguageOfWhoeverGetsThem) {
  Notified site;
  site.post("/notify/messages",
            R"({"to":{"user_id":"bob"},"template":"auth.password_changed","data":{}})");
  site.work();
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_EQ(site.rows("SELECT locale FROM notify_messages"), Lines{"de"});
}

TEST(NotifyMessages, WaitForTheirTime) {
  Notified site;
  const auto reply = site.post(
      "/notify/messages",
      R"({"to":{"email":"eve@example.org"},"content":{"title":"a","body":"b"},"send_at":"2999-01-01T00:00:00Z"})");
  EXPECT_EQ(reply.status, Status::UnprocessableContent);
  EXPECT_EQ(member(reply.body, "code"), "time_invalid") << reply.body;
}

TEST(NotifyMessages, RefuseWhatCannotBeDelivered) {
  Notified site;
  const auto code = [&](std::string_view body) {
    const auto reply = site.post("/notify/messages", body);
    return std::to_string(static_cast<int>(reply.status)) + " " + member(reply.body, "code");
  };
  EXPECT_EQ(code(R"({"to":{"user_id":"ada"},"template":"no.such","data":{}})"),
            "404 template_not_found");
  EXPECT_EQ(code(R"({"to":{"user_id":"ada"},"template":"auth.reset_password","data":{}})"),
            "422 missing_variable");
  EXPECT_EQ(code(R"({"to":{"user_id":"eve"},"content":{"title":"a","body":"b"}})"),
            "422 recipient_unknown");
  EXPECT_EQ(code(R"({"to":{},"content":{"title":"a","body":"b"}})"), "422 recipient_invalid");
  EXPECT_EQ(code(R"({"to":{"user_id":"ada"}})"), "422 content_invalid");
  EXPECT_EQ(
      code(R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"},"channels":["fax"]})"),
      "422 channel_unknown");
  EXPECT_EQ(
      code(R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"},"category":"spam"})"),
      "422 category_unknown");
  EXPECT_EQ(site.rows("SELECT COUNT(*) FROM notify_messages").size(), 1U);
  EXPECT_EQ(site.rows("SELECT id FROM notify_messages"), Lines{}) << "nothing was kept of them";
}

// Case 128: a recipient that would be a command to a mail server.
TEST(NotifyMessages, RefuseARecipientThatIsACommand) {
  Notified site;
  for (const std::string_view address :
       {R"(a@b.example>\r\nRCPT TO:<c@d.example)", R"(a@b.example\nBcc: c@d.example)",
        R"(\"a b\"@c.example)", R"(a@[127.0.0.1])", R"(a b@c.example)", R"(a@b)"}) {
    const auto reply =
        site.post("/notify/messages", R"({"to":{"email":")" + std::string(address) +
                                          R"("},"content":{"title":"a","body":"b"}})");
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << address;
    EXPECT_EQ(member(reply.body, "code"), "email_invalid") << reply.body;
  }
  EXPECT_EQ(site.rows("SELECT id FROM notify_deliveries"), Lines{});
}

// Case 127: a header that a variable would add.
TEST(NotifyMessages, HaveOneSubjectWhateverIsInIt) {
  Notified site;
  for (const std::string_view title :
       {R"(Hi\r\nBcc: c@d.example)", R"(Hi\nBcc: c@d.example)", R"(Hi\rBcc: c@d.example)",
        R"(Hi\u2028Bcc: c@d.example)", R"(=?utf-8?q?Hi=0D=0ABcc:_c@d.example?=)"}) {
    site.post("/notify/messages", R"({"to":{"user_id":"ada"},"content":{"title":")" +
                                      std::string(title) + R"(","body":"b"}})");
  }
  site.work();
  EXPECT_EQ(site.mails().size(), 5U);
  for (const std::string& mail : site.mails()) {
    const std::string head = mail.substr(0, mail.find("\n\n"));
    EXPECT_EQ(head.find("\nBcc:"), std::string::npos) << head;
    EXPECT_NE(head.find("\nTo: ada@example.com\n"), std::string::npos);
    EXPECT_EQ(head.find("\nSubject:"), head.rfind("\nSubject:"));
  }
}

// Case 130: what looks like a template in the data is text.
TEST(NotifyMessages, PrintWhatLooksLikeATemplate) {
  Notified site;
  site.post(
      "/notify/messages",
      R"({"to":{"user_id":"ada"},"content":{"title":"{{config}} ${7*7} %n","body":"{{#each}}"}})");
  site.work();
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_NE(site.mails()[0].find("{{config}} ${7*7} %n"), std::string::npos) << site.mails()[0];
}

// Case 125: SQL in every field is text.
TEST(NotifyMessages, KeepSqlAsText) {
  Notified site;
  for (const std::string_view text :
       {"'; DROP TABLE notify_messages; --", "\\\\x27", "%27", "$1", "?"}) {
    const auto reply =
        site.post("/notify/messages", R"({"to":{"user_id":"ada"},"content":{"title":")" +
                                          std::string(text) + R"(","body":")" + std::string(text) +
                                          R"("},"dedupe_key":")" + std::string(text) + R"("})");
    EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
    const auto list = site.gateway.get(
        "/notify/messages?to=%27%3B%20DROP&status=%24"
        "1");
    EXPECT_EQ(list.status, Status::Ok);
    EXPECT_EQ(list.body, R"({"items":[]})");
  }
  EXPECT_EQ(site.rows("SELECT id FROM notify_messages").size(), 5U);
  EXPECT_EQ(site.post("/notify/messages",
                      R"({"to":{"user_id":"ada"},"content":{"title":"a\u0000","body":"b"}})")
                .status,
            Status::BadRequest);
}

// Case 126: a cursor that was edited, or is of another list.
TEST(NotifyMessages, RefuseACursorThatIsNone) {
  Notified site;
  for (int i = 0; i < 3; ++i) site.post("/notify/messages", ToAda);
  const auto page = site.gateway.get("/notify/messages?limit=2");
  const std::string cursor = member(page.body, "next");
  EXPECT_EQ(site.gateway.get("/notify/messages?cursor=" + cursor).status, Status::Ok);
  const auto edited = site.gateway.get("/notify/messages?cursor=" + cursor.substr(1) + "A");
  EXPECT_EQ(edited.status, Status::UnprocessableContent);
  EXPECT_EQ(member(edited.body, "code"), "cursor_invalid");
  EXPECT_EQ(site.gateway.get("/notify/dead-letters?cursor=" + cursor).status,
            Status::UnprocessableContent);
}

// Case 149: one Idempotency-Key, one message.
TEST(NotifyMessages, OfOneIdempotencyKeyAreOne) {
  Notified site;
  const auto first = site.post("/notify/messages", ToAda, {{"Idempotency-Key", "k-1"}});
  const auto again = site.post("/notify/messages", ToAda, {{"Idempotency-Key", "k-1"}});
  EXPECT_EQ(again.status, Status::Accepted);
  EXPECT_EQ(again.body, first.body);
  const auto other = site.post("/notify/messages",
                               R"({"to":{"user_id":"bob"},"content":{"title":"a","body":"b"}})",
                               {{"Idempotency-Key", "k-1"}});
  EXPECT_EQ(other.status, Status::UnprocessableContent);
  EXPECT_EQ(member(other.body, "code"), "idempotency_mismatch");
  site.work();
  EXPECT_EQ(site.mails().size(), 1U);
}

TEST(NotifyMessages, OfOneDedupeKeyToOneRecipientAreOneForADay) {
  Notified site;
  const auto send = [&](std::string_view user) {
    return site.post("/notify/messages", R"({"to":{"user_id":")" + std::string(user) +
                                             R"("},"content":{"title":"a","body":"b"},)"
                                             R"("dedupe_key":"order-7"})");
  };
  EXPECT_EQ(send("ada").status, Status::Accepted);
  const auto again = send("ada");
  EXPECT_EQ(again.status, Status::Conflict);
  EXPECT_EQ(member(again.body, "code"), "duplicate");
  EXPECT_EQ(send("bob").status, Status::Accepted);
  site.work(25h);
  EXPECT_EQ(send("ada").status, Status::Accepted);
}

TEST(NotifyMessages, AreCancelledWhileTheyWait) {
  Notified site;
  const auto reply = site.post("/notify/messages", ToAda);
  const std::string id = member(reply.body, "id");
  EXPECT_EQ(site.post("/notify/messages/" + id + "/cancel", "").status, Status::Accepted);
  site.work();
  EXPECT_EQ(site.mails(), Lines{});
  const auto late = site.post("/notify/messages/" + id + "/cancel", "");
  EXPECT_EQ(late.status, Status::Conflict);
  EXPECT_EQ(member(late.body, "code"), "not_cancellable");
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages"), Lines{"cancelled"});
  EXPECT_EQ(site.rows("SELECT kind FROM portico_jobs"), Lines{});
}

TEST(NotifyMessages, OfMoreThanTheHourTakesAreSuppressedSilently) {
  Notified site("per_recipient: 5\n");
  for (int i = 0; i < 7; ++i)
    EXPECT_EQ(site.post("/notify/messages", ToAda).status, Status::Accepted);
  site.work();
  EXPECT_EQ(site.mails().size(), 5U);
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages WHERE status = 'suppressed'").size(), 2U);
}

TEST(NotifyMessages, ManyAreAcceptedOrRefusedEachByItself) {
  Notified site;
  const auto reply =
      site.post("/notify/messages/batch",
                R"({"messages":[{"to":{"user_id":"ada"},"content":{"title":"a","body":"b"}},)"
                R"({"to":{"user_id":"eve"},"content":{"title":"a","body":"b"}}]})");
  EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
  EXPECT_NE(reply.body.find(R"("status":"queued")"), std::string::npos);
  EXPECT_NE(reply.body.find(R"("code":"recipient_unknown")"), std::string::npos);
  site.work();
  EXPECT_EQ(site.mails().size(), 1U);
}

// Case 134: an answer never says what somebody wrote, for it may be shown where HTML is.
TEST(NotifyMessages, AreRefusedWithoutAnEcho) {
  Notified site;
  for (const std::string_view body :
       {R"({"to":{"user_id":"<b>"},"content":{"title":"a","body":"b"}})",
        R"({"to":{"email":"<b>@x"},"content":{"title":"a","body":"b"}})",
        R"({"to":{"user_id":"ada"},"template":"<b>"})",
        R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"},"channels":["<b>"]})",
        R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"},"category":"<b>"})",
        R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"},"send_at":"<b>"})"}) {
    const auto reply = site.post("/notify/messages", body);
    EXPECT_GE(static_cast<int>(reply.status), 400) << body;
    EXPECT_EQ(reply.body.find("<b>"), std::string::npos) << reply.body;
  }
}

// Case 150: who may not send, sends to nobody, least of all to others.
TEST(NotifyMessages, AreForThoseWhoMaySendThem) {
  Notified site("", "ada", Notified::May::Nothing);
  const auto reply = site.post("/notify/messages",
                               R"({"to":{"user_id":"bob"},"content":{"title":"a","body":"b"}})");
  EXPECT_EQ(reply.status, Status::Forbidden) << reply.body;
  EXPECT_EQ(site.rows("SELECT id FROM notify_messages"), Lines{});
}

TEST(NotifyMessages, AskForAPermissionAndForWhoAsks) {
  Notified nobody("", "");
  EXPECT_EQ(nobody.post("/notify/messages", ToAda).status, Status::Unauthorized);
}

}  // namespace
}  // namespace portico::notify::test
