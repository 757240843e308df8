// SPDX-License-Identifier: Apache-2.0
// Server-Sent Events as text/event-stream wants them.
#include "http/feed_state.h"
#include "http/response_state.h"
#include <portico/stream.h>

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico {
namespace {

class EventsText : public testing::Test {
 protected:
  [[nodiscard]] std::string text() {
    std::string taken;
    static_cast<void>(detail::ResponseState::of(response_).feed.get()->take(taken));
    return taken;
  }

  Events events_;
  Response response_ = events_.response();
};

TEST_F(EventsText, HasItsTypeAndIsNotCached) {
  EXPECT_EQ(response_.headers().get("Content-Type"), "text/event-stream");
  EXPECT_EQ(response_.headers().get("Cache-Control"), "no-cache");
}

TEST_F(EventsText, DataAlone) {
  EXPECT_TRUE(events_.send("hello"));
  EXPECT_EQ(text(), "data: hello\n\n");
}

TEST_F(EventsText, NameAndId) {
  EXPECT_TRUE(events_.send("{}", "price", "42"));
  EXPECT_EQ(text(), "event: price\nid: 42\ndata: {}\n\n");
}

TEST_F(EventsText, EveryLineOfDataIsAField) {
  EXPECT_TRUE(events_.send("a\nb\r\nc\rd\n"));
  EXPECT_EQ(text(), "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
}

TEST_F(EventsText, NoLineBreakOfANameOrIdBecomesAField) {
  EXPECT_TRUE(events_.send("x", "price\ndata: forged", "1\r\ndata: forged"));
  EXPECT_EQ(text(), "event: price\nid: 1\ndata: x\n\n");
}

TEST_F(EventsText, KeepAliveIsAComment) {
  EXPECT_TRUE(events_.keep_alive());
  EXPECT_EQ(text(), ":\n\n");
}

TEST_F(EventsText, AnAnswerThatGoesClosesThem) {
  { const Response gone = std::move(response_); }
  EXPECT_FALSE(events_.open());
  EXPECT_FALSE(events_.send("late"));
}

}  // namespace
}  // namespace portico
