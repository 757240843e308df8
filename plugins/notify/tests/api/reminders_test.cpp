// SPDX-License-Identifier: Apache-2.0
// Reminders: when they come, over summer time and over times at which nobody was there.
#include "notified.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view What = R"("to":{"user_id":"ada"},"content":{"title":"t","body":"b"})";

testing::Reply remind(Notified& site, std::string_view when) {
  return site.post("/notify/reminders", "{" + std::string(What) + "," + std::string(when) + "}");
}

// A test's time begins at 2023-11-14T22:13:20Z.
TEST(NotifyReminders, ComeOnce) {
  Notified site;
  const auto reply = remind(site, R"("at":"2023-11-14T23:00:00Z")");
  ASSERT_EQ(reply.status, Status::Created) << reply.body;
  EXPECT_EQ(member(reply.body, "next_at"), "2023-11-14T23:00:00.000Z");
  site.work(46min);
  EXPECT_EQ(site.mails().size(), 0U);
  site.work(1min);
  EXPECT_EQ(site.mails().size(), 1U);
  site.work(24h);
  EXPECT_EQ(site.mails().size(), 1U);
  const auto shown = site.gateway.get("/notify/reminders/" + member(reply.body, "id"));
  EXPECT_EQ(member(shown.body, "status"), "done") << shown.body;
}

TEST(NotifyReminders, ComeByALineOfCronInTheirZone) {
  Notified site;
  const auto reply = remind(site, R"("cron":"0 9 * * *","timezone":"Europe/Vienna")");
  EXPECT_EQ(member(reply.body, "next_at"), "2023-11-15T08:00:00.000Z") << reply.body;
  for (int day = 0; day < 3; ++day) site.work(24h);
  EXPECT_EQ(site.mails().size(), 3U);
}

TEST(NotifyReminders, ComeByARule) {
  Notified site;
  const auto reply = remind(
      site,
      R"("rrule":"FREQ=DAILY;COUNT=2","starts_at":"2023-11-15T06:00:00Z","timezone":"Europe/Vienna")");
  EXPECT_EQ(member(reply.body, "next_at"), "2023-11-15T06:00:00.000Z") << reply.body;
  for (int day = 0; day < 5; ++day) site.work(24h);
  EXPECT_EQ(site.mails().size(), 2U);
  EXPECT_EQ(site.rows("SELECT status FROM notify_reminders"), Lines{"done"});
}

// Case 152: 02:30 on the day on which it is left out, and on the one on which it comes twice.
TEST(NotifyReminders, ComeOnceOnDaysOnWhichTheClockIsChanged) {
  Notified site;
  remind(site, R"("cron":"30 2 * * *","timezone":"Europe/Vienna")");
  // To the eve of 2024-03-31.
  for (int day = 0; day < 137; ++day) site.work(24h);
  const std::size_t before = site.mails().size();
  site.work(24h);
  EXPECT_EQ(site.mails().size(), before + 1) << "on 31 March";
  for (int day = 0; day < 209; ++day) site.work(24h);
  const std::size_t autumn = site.mails().size();
  site.work(24h);
  EXPECT_EQ(site.mails().size(), autumn + 1);
}

// Case 152: nobody was there.
TEST(NotifyReminders, FollowTheirRuleOfWhatWasMissed) {
  const auto mails_after_a_week = [](std::string_view misfire) {
    Notified site;
    remind(site,
           R"("cron":"0 9 * * *","timezone":"UTC","misfire":")" + std::string(misfire) + "\"");
    site.work(7 * 24h);
    return site.mails().size();
  };
  EXPECT_EQ(mails_after_a_week("skip"), 0U);
  EXPECT_EQ(mails_after_a_week("once"), 1U);
  EXPECT_EQ(mails_after_a_week("all"), 7U);
}

TEST(NotifyReminders, EndWithWhatTheirOwnerMay) {
  Notified site;
  remind(site, R"("cron":"0 * * * *","timezone":"UTC")");
  site.work(1h);
  EXPECT_EQ(site.mails().size(), 1U);
  locked_out().insert("ada");
  site.work(5h);
  EXPECT_EQ(site.mails().size(), 1U);
  EXPECT_EQ(site.rows("SELECT status FROM notify_reminders"), Lines{"done"});
}

TEST(NotifyReminders, HaveMissedNothingOfARuleThatIsNew) {
  Notified site;
  const auto made = remind(site, R"("cron":"0 * * * *","timezone":"UTC","misfire":"all")");
  site.work(3h);
  const std::size_t before = site.mails().size();
  const auto changed = site.gateway.request(
      "PATCH", "/notify/reminders/" + member(made.body, "id"),
      {{"Content-Type", "application/json"}},
      R"({"to":{"user_id":"ada"},"content":{"title":"t","body":"b"},"cron":"* * * * *",)"
      R"("timezone":"UTC","misfire":"all"})");
  ASSERT_EQ(changed.status, Status::Ok) << changed.body;
  site.work(1min);
  EXPECT_EQ(site.mails().size(), before + 1);
}

TEST(NotifyReminders, RefuseTimesThatAreNone) {
  Notified site;
  for (const std::string_view when :
       {R"("cron":"61 * * * *","timezone":"UTC")", R"("cron":"0 0 30 2 *","timezone":"UTC")",
        R"("cron":"0 9 * * *","timezone":"Mars/Olympus")", R"("cron":"0 9 * * *")",
        R"("rrule":"FREQ=NEVER","timezone":"UTC")", R"("at":"tomorrow")",
        R"("at":"2020-01-01T00:00:00Z")", R"("at":"2023-12-01T00:00:00Z","cron":"0 9 * * *")",
        R"("timezone":"UTC")"}) {
    const auto reply = remind(site, when);
    EXPECT_EQ(reply.status, Status::UnprocessableContent) << when << reply.body;
    EXPECT_EQ(member(reply.body, "code"), "bad_schedule") << when << reply.body;
  }
  const auto nobody = site.post(
      "/notify/reminders",
      R"({"to":{"user_id":"eve"},"content":{"title":"t","body":"b"},"at":"2023-12-01T00:00:00Z"})");
  EXPECT_EQ(member(nobody.body, "code"), "recipient_unknown");
  EXPECT_EQ(site.rows("SELECT id FROM notify_reminders"), Lines{});
}

TEST(NotifyReminders, AreChangedAndRemoved) {
  Notified site;
  const auto made = remind(site, R"("at":"2023-11-14T23:00:00Z")");
  const std::string path = "/notify/reminders/" + member(made.body, "id");
  const auto changed =
      site.gateway.request("PATCH", path, {{"Content-Type", "application/json"}},
                           "{" + std::string(What) + R"(,"at":"2023-11-15T23:00:00Z"})");
  EXPECT_EQ(changed.status, Status::Ok) << changed.body;
  site.work(2h);
  EXPECT_EQ(site.mails().size(), 0U) << "the time before the change is none any more";
  EXPECT_EQ(site.rows("SELECT COUNT(*) || '' FROM portico_jobs"), Lines{"1"});
  EXPECT_EQ(site.gateway.request("DELETE", path).status, Status::NoContent);
  EXPECT_EQ(site.rows("SELECT COUNT(*) || '' FROM portico_jobs"), Lines{"0"});
  site.work(48h);
  EXPECT_EQ(site.mails().size(), 0U);
}

// Case 110: another's is as if there were none.
TEST(NotifyReminders, AreSeenByTheirOwnerAlone) {
  Notified site;
  const auto made = remind(site, R"("at":"2023-11-14T23:00:00Z")");
  site.change("UPDATE notify_reminders SET owner = 'bob'");
  const std::string path = "/notify/reminders/" + member(made.body, "id");
  EXPECT_EQ(site.gateway.get(path).status, Status::NotFound);
  EXPECT_EQ(site.gateway.request("DELETE", path).status, Status::NotFound);
  EXPECT_EQ(site.gateway.get("/notify/reminders").body, R"({"items":[]})");
}

}  // namespace
}  // namespace portico::notify::test
