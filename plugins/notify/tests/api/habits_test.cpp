// SPDX-License-Identifier: Apache-2.0
// What recipients wish, as it changes what they get: categories turned off, quiet hours, digests.
#include "notified.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

testing::Reply wish(Notified& site, std::string_view wishes) {
  return site.gateway.request("PUT", "/notify/preferences", {{"Content-Type", "application/json"}},
                              wishes);
}
testing::Reply send(Notified& site, std::string_view category, std::string_view title = "t") {
  return site.post("/notify/messages", R"({"to":{"user_id":"ada"},"category":")" +
                                           std::string(category) + R"(","content":{"title":")" +
                                           std::string(title) + R"(","body":"b"}})");
}

// Case 148: what was turned off is suppressed, what is critical is sent.
TEST(NotifyHabits, SuppressWhatWasTurnedOff) {
  Notified site;
  ASSERT_EQ(wish(site, R"({"categories":{"news":{"email":false}}})").status, Status::Ok);
  EXPECT_EQ(send(site, "news").status, Status::Accepted);
  EXPECT_EQ(send(site, "security").status, Status::Accepted);
  site.work();
  EXPECT_EQ(site.mails().size(), 1U);
  EXPECT_EQ(site.rows("SELECT category, status FROM notify_messages ORDER BY category"),
            (Lines{"news | suppressed", "security | sent"}));
}

TEST(NotifyHabits, AreAskedWhenAMessageGoesOut) {
  Notified site;
  send(site, "news");
  wish(site, R"({"categories":{"news":{"email":false}}})");
  site.work();
  EXPECT_EQ(site.mails(), Lines{});
}

// A test's time begins at 22:13 in UTC.
TEST(NotifyHabits, WaitForTheEndOfQuietHours) {
  Notified site;
  ASSERT_EQ(wish(site, R"({"quiet":{"from":"22:00","to":"07:00"},"timezone":"UTC"})").status,
            Status::Ok);
  send(site, "news");
  send(site, "security");
  site.work();
  EXPECT_EQ(site.mails().size(), 1U) << "what is critical does not wait";
  site.work(8h);
  EXPECT_EQ(site.mails().size(), 1U);
  site.work(1h);
  EXPECT_EQ(site.mails().size(), 2U);
  EXPECT_EQ(site.rows("SELECT attempts || '' FROM notify_deliveries"), (Lines{"1", "1"}))
      << "to wait is no attempt";
}

TEST(NotifyHabits, GatherWhatIsToBeADigest) {
  Notified site;
  ASSERT_EQ(wish(site, R"({"digest":{"news":"hourly"}})").status, Status::Ok);
  send(site, "news", "The first");
  send(site, "news", "The second");
  site.work();
  EXPECT_EQ(site.mails(), Lines{});
  EXPECT_EQ(site.rows("SELECT status FROM notify_deliveries"), (Lines{"held", "held"}));
  site.work(1h);
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_NE(site.mails()[0].find("The first"), std::string::npos);
  EXPECT_NE(site.mails()[0].find("The second"), std::string::npos);
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages"), (Lines{"sent", "sent", "sent"}));
  send(site, "news", "The third");
  site.work(1h);
  ASSERT_EQ(site.mails().size(), 2U);
  EXPECT_EQ(site.mails()[1].find("The second"), std::string::npos);
}

/// To ada, of the category "news".
void send_news(Notified& site, std::string_view title, std::string_view body,
               std::string_view more = "") {
  const auto reply = site.post(
      "/notify/messages", R"({"to":{"user_id":"ada"},"category":"news","content":{"title":")" +
                              std::string(title) + R"(","body":")" + std::string(body) + "\"}" +
                              std::string(more) + "}");
  ASSERT_EQ(reply.status, Status::Accepted) << reply.body;
}

TEST(NotifyHabits, GatherEachWindowByItself) {
  Notified site;
  wish(site, R"({"digest":{"news":"hourly"}})");
  send_news(site, "Far", "b", R"(,"send_at":"2023-12-24T08:00:00Z")");
  send_news(site, "Stale", "b", R"(,"expires_at":"2023-11-14T22:14:00Z")");
  send_news(site, "Near", "b");
  site.work(1h);
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_NE(site.mails()[0].find("Near"), std::string::npos);
  EXPECT_EQ(site.mails()[0].find("Far"), std::string::npos);
  EXPECT_EQ(site.mails()[0].find("Stale"), std::string::npos);
  EXPECT_EQ(site.rows("SELECT status FROM notify_deliveries WHERE channel = 'email' ORDER BY id"),
            (Lines{"held", "expired", "sent", "sent"}));
}

TEST(NotifyHabits, GatherMoreThanOneMailTakes) {
  Notified site("per_recipient: 5");
  wish(site, R"({"digest":{"news":"hourly"}})");
  for (int i = 0; i < 40; ++i) send_news(site, "t" + std::to_string(i), std::string(10'000, 'x'));
  site.work(1h);
  EXPECT_EQ(site.mails().size(), 3U);
  EXPECT_EQ(site.rows("SELECT DISTINCT status FROM notify_messages"), Lines{"sent"})
      << "what was held does not count as if it had been sent";
}

TEST(NotifyHabits, GatherWhatLostItsJob) {
  Notified site;
  wish(site, R"({"digest":{"news":"hourly"}})");
  send_news(site, "Lost", "b");
  site.change("DELETE FROM portico_jobs");
  site.work(46min);
  EXPECT_EQ(site.mails(), Lines{}) << "its window has ended a moment ago";
  site.work(20min);
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_EQ(site.mails()[0].find("Lost\n\nb\n\n--"), std::string::npos) << "a mail in a mail";
}

TEST(NotifyHabits, CancelWhatIsHeld) {
  Notified site;
  wish(site, R"({"digest":{"news":"hourly"}})");
  const auto reply = send(site, "news");
  EXPECT_EQ(site.post("/notify/messages/" + member(reply.body, "id") + "/cancel", "").status,
            Status::Accepted);
  site.work(1h);
  EXPECT_EQ(site.mails(), Lines{});
}

// Case 148: one click in a mail turns its category off, without a login.
TEST(NotifyHabits, AreChangedByOneClickInAMail) {
  Notified site;
  send(site, "news");
  site.work();
  const std::string mail = site.mails().at(0);
  EXPECT_NE(mail.find("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), std::string::npos);
  const std::size_t begin = mail.find("https://api.example.com/notify/unsubscribe/");
  std::string link = mail.substr(begin + std::string_view("https://api.example.com").size());
  link = link.substr(0, link.find('>'));
  EXPECT_EQ(site.gateway.get(link).status, Status::Ok);
  send(site, "news");
  site.work();
  EXPECT_EQ(site.mails().size(), 2U) << "to look is not to click";
  EXPECT_EQ(site.gateway
                .request("POST", link, {{"Content-Type", "application/x-www-form-urlencoded"}},
                         "List-Unsubscribe=One-Click")
                .status,
            Status::Ok);
  send(site, "news");
  site.work();
  EXPECT_EQ(site.mails().size(), 2U);
}

}  // namespace
}  // namespace portico::notify::test
