// SPDX-License-Identifier: Apache-2.0
// Templates of one's own: versions, languages, what is refused, and what messages are said in.
#include "notified.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

testing::Reply make(Notified& site, std::string_view subject, std::string_view text) {
  return site.post("/notify/templates", R"({"key":"order.shipped","subject":")" +
                                            std::string(subject) + R"(","text":")" +
                                            std::string(text) + R"("})");
}
testing::Reply replace(Notified& site, std::string_view text, std::string_view seen) {
  return site.gateway.request("PUT", "/notify/templates/order.shipped",
                              {{"Content-Type", "application/json"}, {"If-Match", seen}},
                              R"({"subject":"s","text":")" + std::string(text) + R"("})");
}
constexpr std::string_view Send =
    R"({"to":{"user_id":"ada"},"template":"order.shipped","data":{"number":"A-7"}})";

TEST(NotifyTemplates, AreWhatMessagesAreSaidIn) {
  Notified site;
  const auto made = make(site, "Order {{number}}", "It is {{number}}.");
  ASSERT_EQ(made.status, Status::Created) << made.body;
  EXPECT_EQ(member(made.body, "version"), "1");
  EXPECT_NE(made.body.find(R"({"name":"number","required":true})"), std::string::npos) << made.body;
  EXPECT_EQ(site.post("/notify/messages", Send).status, Status::Accepted);
  site.work();
  EXPECT_NE(site.mails().at(0).find("\nSubject: Order A-7\n"), std::string::npos);
}

TEST(NotifyTemplates, KeepTheWordsOfMessagesThatWait) {
  Notified site;
  make(site, "s", "old {{number}}");
  site.post("/notify/messages", Send);
  const std::string tag(site.gateway.get("/notify/templates/order.shipped").header("ETag"));
  const auto replaced = replace(site, "new {{number}}", tag);
  EXPECT_EQ(member(replaced.body, "version"), "2") << replaced.body;
  site.post("/notify/messages", Send);
  site.work();
  const Lines mails = site.mails();
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_NE(mails[0].find("old A-7"), std::string::npos) << mails[0];
  EXPECT_NE(mails[1].find("new A-7"), std::string::npos) << mails[1];
  const auto versions = site.gateway.get("/notify/templates/order.shipped/versions");
  EXPECT_NE(versions.body.find("old {{number}}"), std::string::npos);
}

TEST(NotifyTemplates, AreReplacedByWhoHasSeenThem) {
  Notified site;
  make(site, "s", "t");
  const std::string tag(site.gateway.get("/notify/templates/order.shipped").header("ETag"));
  EXPECT_EQ(replace(site, "u", tag).status, Status::Ok);
  const auto again = replace(site, "v", tag);
  EXPECT_EQ(again.status, Status::PreconditionFailed);
  EXPECT_EQ(member(again.body, "code"), "precondition_failed");
}

TEST(NotifyTemplates, SayWhereTheyAreWrong) {
  Notified site;
  const auto reply = make(site, "s", "{{#a}}");
  EXPECT_EQ(reply.status, Status::UnprocessableContent);
  EXPECT_EQ(member(reply.body, "code"), "template_invalid");
  EXPECT_NE(reply.body.find("Line 1, column"), std::string::npos) << reply.body;
  EXPECT_EQ(member(make(site, "s\\n{{a}}", "t").body, "code"), "template_invalid");
}

// Case 131: what is put into HTML is escaped for the place where it stands.
TEST(NotifyTemplates, EscapeWhatTheyPrint) {
  Notified site;
  site.post(
      "/notify/templates",
      R"({"key":"t.html","subject":"s","html":"<p title=\"{{a}}\">{{a}} <a href=\"{{l}}\">x</a></p>"})");
  const auto reply = site.post("/notify/templates/t.html/preview",
                               R"json({"data":{"a":"\"><script>","l":"javascript:alert(1)"}})json");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_EQ(member(reply.body, "html").find("<script>"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.body.find("javascript:"), std::string::npos) << reply.body;
  const auto script = site.post("/notify/templates",
                                R"({"key":"t.bad","subject":"s","html":"<script>{{a}}</script>"})");
  EXPECT_EQ(member(script.body, "code"), "template_invalid");
}

TEST(NotifyTemplates, OfOneOwnTakeThePlaceOfThoseThatAreBuiltIn) {
  Notified site;
  const auto built_in = site.gateway.get("/notify/templates/notify.message");
  EXPECT_EQ(member(built_in.body, "version"), "0") << built_in.body;
  const auto made =
      site.post("/notify/templates",
                R"({"key":"notify.message","subject":"Mine: {{title}}","text":"{{body}}"})");
  ASSERT_EQ(made.status, Status::Created) << made.body;
  site.post("/notify/messages", R"({"to":{"user_id":"ada"},"content":{"title":"a","body":"b"}})");
  site.work();
  EXPECT_NE(site.mails().at(0).find("\nSubject: Mine: a\n"), std::string::npos);
  EXPECT_EQ(site.gateway.request("DELETE", "/notify/templates/notify.message").status,
            Status::NoContent);
  EXPECT_EQ(member(site.gateway.get("/notify/templates/notify.message").body, "version"), "0");
  EXPECT_EQ(site.gateway.request("DELETE", "/notify/templates/notify.message").status,
            Status::NotFound);
}

TEST(NotifyTemplates, AreMailedToTryThem) {
  Notified site;
  make(site, "s", "t {{number}}");
  const auto reply = site.post("/notify/templates/order.shipped/test",
                               R"({"email":"me@example.org","data":{"number":"1"}})");
  EXPECT_EQ(reply.status, Status::Accepted) << reply.body;
  site.work();
  EXPECT_NE(site.mails().at(0).find("\nTo: me@example.org\n"), std::string::npos);
}

TEST(NotifyTemplates, AreListedWithThoseThatAreBuiltIn) {
  Notified site;
  make(site, "s", "t");
  const auto list = site.gateway.get("/notify/templates");
  for (const std::string_view key : {"auth.verify_email", "notify.message", "order.shipped"}) {
    EXPECT_NE(list.body.find('"' + std::string(key) + '"'), std::string::npos) << key;
  }
  EXPECT_EQ(make(site, "s", "t").status, Status::Conflict);
}

// A message that waits is said in the words in which it was accepted.
TEST(NotifyTemplates, ThatAreBuiltInStayForWhatWaits) {
  Notified site;
  site.post("/notify/messages",
            R"({"to":{"user_id":"ada"},"content":{"title":"Hello","body":"There"},)"
            R"("send_at":"2023-11-14T22:14:00Z"})");
  const auto mine =
      site.post("/notify/templates", R"({"key":"notify.message","subject":"{{foo}}","text":"x"})");
  ASSERT_EQ(mine.status, Status::Created) << mine.body;
  site.work(1min);
  ASSERT_EQ(site.mails().size(), 1U);
  EXPECT_NE(site.mails()[0].find("\nSubject: Hello\n"), std::string::npos) << site.mails()[0];
}

}  // namespace
}  // namespace portico::notify::test
