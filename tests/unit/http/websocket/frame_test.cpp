// SPDX-License-Identifier: Apache-2.0
#include "http/websocket/frame.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::http::websocket {
namespace {

using namespace std::string_view_literals;

TEST(WebSocketFrameHead, ShortLengthsFitTheSecondByte) {
  EXPECT_EQ(FrameHead(Opcode::Text, 0).bytes(), "\x81\x00"sv);
  EXPECT_EQ(FrameHead(Opcode::Binary, 125).bytes(), "\x82\x7D"sv);
}

TEST(WebSocketFrameHead, LongerOnesTakeTwoOrEightMore) {
  EXPECT_EQ(FrameHead(Opcode::Text, 126).bytes(), "\x81\x7E\x00\x7E"sv);
  EXPECT_EQ(FrameHead(Opcode::Text, 0xFFFF).bytes(), "\x81\x7E\xFF\xFF"sv);
  EXPECT_EQ(FrameHead(Opcode::Text, 0x10000).bytes(), "\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00"sv);
}

TEST(WebSocketControlFrame, BearsItsPayload) {
  EXPECT_EQ(ControlFrame(Opcode::Ping, {}).bytes(), "\x89\x00"sv);
  EXPECT_EQ(ControlFrame(Opcode::Pong, "hi").bytes(), "\x8A\x02hi"sv);
}

TEST(WebSocketControlFrame, IsCutToWhatFits) {
  EXPECT_EQ(ControlFrame(Opcode::Ping, std::string(200, 'a')).bytes().size(), 127U);
}

TEST(WebSocketControlFrame, CloseHasCodeAndReason) {
  EXPECT_EQ(ControlFrame(1000, "bye").bytes(),
            "\x88\x05\x03\xE8"
            "bye"sv);
}

TEST(WebSocketControlFrame, AReasonIsCutBetweenCharacters) {
  const std::string reason = std::string(122, 'a') + "\u00e9";
  EXPECT_EQ(ControlFrame(1000, reason).bytes().size(), 2U + 2U + 122U);
}

}  // namespace
}  // namespace portico::http::websocket
