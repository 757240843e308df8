// SPDX-License-Identifier: Apache-2.0
// The sample through the real chain; its sockets are tested through the real program.
// clang-format off
#include <gtest/gtest.h>

#include "chat.cpp"

#include <portico/testing.h>
// clang-format on

namespace {

using portico::testing::Gateway;
using portico::testing::Reply;

TEST(Chat, BeginsWithItsTopic) {
  Gateway gateway;
  gateway.load<Chat>("{topic: Weather}");
  const Reply reply = gateway.get("/chat/events");
  EXPECT_EQ(reply.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(reply.body, "event: topic\ndata: Weather\n\n");
  EXPECT_FALSE(reply.cut);
}

TEST(Chat, SpeakingToAnEmptyRoomIsFine) {
  Gateway gateway;
  gateway.load<Chat>();
  gateway.get("/chat/events");
  EXPECT_EQ(gateway.request("POST", "/chat/messages", {}, "anybody?").status, Status::NoContent);
}

TEST(Chat, APageIsToldToUseAWebSocket) {
  Gateway gateway;
  gateway.load<Chat>();
  EXPECT_EQ(gateway.get("/chat/socket").status, Status::UpgradeRequired);
}

}  // namespace
