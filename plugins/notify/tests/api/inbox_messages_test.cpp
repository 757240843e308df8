// SPDX-License-Identifier: Apache-2.0
// What messages come to in an inbox, and when.
#include "notified.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class InboxMessages : public ::testing::Test {
 protected:
  void send(std::string_view more, std::string_view content = R"({"title":"Hi","body":"There"})") {
    const auto reply = site_.post("/notify/messages",
                                  R"({"to":{"user_id":"ada"},"channels":["inbox"],"content":)" +
                                      std::string(content) + std::string(more) + "}");
    ASSERT_EQ(reply.status, Status::Accepted) << reply.body;
  }
  Lines inbox() { return site_.rows("SELECT title, body, link FROM notify_inbox ORDER BY id"); }
  Lines deliveries() { return site_.rows("SELECT status FROM notify_deliveries ORDER BY id"); }

  Notified site_;
};

TEST_F(InboxMessages, HaveTheirOwnWordsAndNothingOfAMail) {
  send("", R"({"title":"Hi","body":"Your order","link":"https://shop.example/7"})");
  send(R"(,"category":"news")");
  EXPECT_EQ(inbox(), (Lines{"Hi | Your order | https://shop.example/7", "Hi | There | -"}));
}

TEST_F(InboxMessages, ComeWhenTheyAreToBeSent) {
  send(R"(,"send_at":"2023-11-14T23:13:20Z")");
  site_.work(59min);
  EXPECT_EQ(inbox(), Lines{});
  EXPECT_EQ(deliveries(), Lines{"queued"});
  site_.work(1min);
  EXPECT_EQ(inbox(), Lines{"Hi | There | -"});
  EXPECT_EQ(deliveries(), Lines{"sent"});
  EXPECT_EQ(site_.rows("SELECT event FROM notify_topic_messages"), Lines{"inbox"});
}

TEST_F(InboxMessages, DoNotComeAfterTheirTime) {
  send(R"(,"expires_at":"2020-01-01T00:00:00Z")");
  EXPECT_EQ(inbox(), Lines{});
  EXPECT_EQ(deliveries(), Lines{"expired"});
}

TEST_F(InboxMessages, ComeThoughWhatIsCriticalNowWasTurnedOffOnce) {
  site_.change(
      "INSERT INTO notify_preferences (recipient, category, channel, enabled) VALUES "
      "('ada', 'security', 'inbox', 0)");
  send(R"(,"category":"security")");
  EXPECT_EQ(deliveries(), Lines{"sent"});
}

}  // namespace
}  // namespace portico::notify::test
