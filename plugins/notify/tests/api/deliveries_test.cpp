// SPDX-License-Identifier: Apache-2.0
// What becomes of messages by a channel that a test commands: sent, later, never, and again.
#include "notified.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

TEST(NotifyDeliveries, GoByAChannelOfAnotherPlugin) {
  Notified site;
  const auto reply = site.post(
      "/notify/messages",
      R"({"to":{"address":"+43 1"},"channels":["sms"],"content":{"title":"Hi","body":"There"}})");
  ASSERT_EQ(reply.status, Status::Accepted) << reply.body;
  site.work();
  ASSERT_EQ(pager().calls.size(), 1U);
  EXPECT_EQ(pager().calls[0].address, "+43 1");
  EXPECT_EQ(pager().calls[0].subject, "Hi");
  EXPECT_EQ(
      site.post("/notify/messages",
                R"({"to":{"address":"x"},"channels":["sms"],"content":{"title":"a","body":"b"}})")
          .status,
      Status::UnprocessableContent);
}

TEST(NotifyDeliveries, ThatDoNotArriveAreTriedAgainWithTheSameId) {
  Notified site;
  pager().answer = {.kind = Carried::Kind::Later, .code = "busy", .said = "try later"};
  const auto reply = site.post(
      "/notify/messages",
      R"({"to":{"address":"+43 1"},"channels":["sms"],"content":{"title":"a","body":"b"}})");
  site.work();
  EXPECT_EQ(site.rows("SELECT status, last_code, last_error FROM notify_deliveries"),
            Lines{"queued | busy | busy: try later"});
  pager().answer = {.kind = Carried::Kind::Sent, .provider_id = "p-9"};
  site.work(1min);
  ASSERT_EQ(pager().calls.size(), 2U);
  EXPECT_EQ(pager().calls[0].id, pager().calls[1].id);
  EXPECT_EQ(pager().calls[1].attempt, 2U);
  EXPECT_EQ(site.rows("SELECT status, provider_id FROM notify_deliveries"), Lines{"sent | p-9"});
  EXPECT_EQ(site.rows("SELECT outcome FROM notify_attempts ORDER BY n"), (Lines{"later", "sent"}));
}

// What a provider says may be anything; it was sent, and is not sent again.
TEST(NotifyDeliveries, AreOverWhateverBytesTheOtherSideSays) {
  Notified site;
  pager().answer = {
      .kind = Carried::Kind::Sent, .said = "f\xfcr Sie", .provider_id = std::string("a\0\xff", 3)};
  site.post("/notify/messages",
            R"({"to":{"address":"+43 1"},"channels":["sms"],"content":{"title":"a","body":"b"}})");
  site.work();
  site.work(1h);
  EXPECT_EQ(pager().calls.size(), 1U);
  EXPECT_EQ(site.rows("SELECT status, provider_id FROM notify_deliveries"), Lines{"sent | a??"});
}

// Case 147: what the other side will never take is dead at once.
TEST(NotifyDeliveries, ThatNobodyWillTakeAreDeadAndComeBackOnDemand) {
  Notified site;
  pager().answer = {.kind = Carried::Kind::Never, .code = "gone", .said = "no such number"};
  const auto reply = site.post(
      "/notify/messages",
      R"({"to":{"address":"+43 1"},"channels":["sms"],"content":{"title":"a","body":"b"}})");
  const std::string id = member(reply.body, "id");
  site.work();
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages"), Lines{"failed"});
  const auto dead = site.gateway.get("/notify/dead-letters");
  const std::string delivery = member(dead.body, "id");
  EXPECT_EQ(member(dead.body, "last_code"), "gone") << dead.body;
  EXPECT_NE(site.gateway.get("/notify/deliveries/" + delivery + "/attempts")
                .body.find(R"("snippet":"no such number")"),
            std::string::npos);
  pager().answer = {.kind = Carried::Kind::Sent};
  EXPECT_EQ(site.post("/notify/dead-letters/" + delivery + "/requeue", "").status,
            Status::Accepted);
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages"), Lines{"queued"});
  site.work();
  EXPECT_EQ(site.rows("SELECT status FROM notify_messages"), Lines{"sent"});
  EXPECT_EQ(site.gateway.get("/notify/dead-letters").body, R"({"items":[]})");
}

TEST(NotifyDeliveries, OfASpanOfTimeAreMadeAgain) {
  Notified site;
  pager().answer = {.kind = Carried::Kind::Never};
  for (int i = 0; i < 3; ++i) {
    site.post(
        "/notify/messages",
        R"({"to":{"address":"+43 1"},"channels":["sms"],"content":{"title":"a","body":"b"}})");
  }
  site.work(1s);
  pager().answer = {.kind = Carried::Kind::Sent};
  const auto reply = site.post("/notify/deliveries/replay", R"({"from":"1970-01-01T00:00:00Z"})");
  EXPECT_EQ(member(reply.body, "queued"), "3") << reply.body;
  site.work();
  EXPECT_EQ(pager().calls.size(), 6U);
}

}  // namespace
}  // namespace portico::notify::test
