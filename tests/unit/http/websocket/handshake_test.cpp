// SPDX-License-Identifier: Apache-2.0
#include "http/websocket/handshake.h"

#include "base/arena.h"
#include "http/request_state.h"

#include <string_view>

#include <gtest/gtest.h>

namespace portico::http::websocket {
namespace {

class WebSocketHandshake : public testing::Test {
 protected:
  WebSocketHandshake() {
    request_.head.method = "GET";
    request_.head.upgrade = "websocket";
    request_.fields.set("Sec-WebSocket-Version", "13");
    request_.fields.set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }
  [[nodiscard]] int status() {
    const auto refusal = refuse_handshake(request_);
    return refusal ? static_cast<int>(refusal->status()) : 101;
  }

  base::Arena arena_;
  RequestState request_{arena_};
};

TEST_F(WebSocketHandshake, AnswersTheSampleOfTheStandard) {
  EXPECT_EQ(AcceptKey("dGhlIHNhbXBsZSBub25jZQ==").text(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  EXPECT_EQ(status(), 101);
}

TEST_F(WebSocketHandshake, TakesTheProtocolInAnyCaseAndAmongOthers) {
  request_.head.upgrade = "h2c, WebSocket";
  EXPECT_EQ(status(), 101);
}

TEST_F(WebSocketHandshake, AskForAnUpgradeWhereThereIsNone) {
  request_.head.upgrade = "";
  const auto refusal = refuse_handshake(request_);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status(), Status::UpgradeRequired);
  EXPECT_EQ(refusal->headers().get("Sec-WebSocket-Version"), "13");
}

TEST_F(WebSocketHandshake, RefusesOtherMethodsProtocolsAndVersions) {
  request_.head.method = "POST";
  EXPECT_EQ(status(), 426);
  request_.head.method = "GET";
  request_.head.upgrade = "websocket2";
  EXPECT_EQ(status(), 426);
  request_.head.upgrade = "websocket";
  request_.fields.set("Sec-WebSocket-Version", "8");
  EXPECT_EQ(status(), 426);
}

TEST_F(WebSocketHandshake, RefusesKeysThatAreNone) {
  for (const std::string_view key : {"", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZ===",
                                     "dGhlIHNhbXBsZSBub25j Q==", "dGhlIHNhbXBsZSBub25jZQ==dGhl"}) {
    request_.fields.set("Sec-WebSocket-Key", key);
    EXPECT_EQ(status(), 400) << key;
  }
  request_.fields.remove("Sec-WebSocket-Key");
  EXPECT_EQ(status(), 400);
}

TEST_F(WebSocketHandshake, RefusesABody) {
  request_.head.body_length = 1;
  EXPECT_EQ(status(), 400);
  request_.head.body_length.reset();
  EXPECT_EQ(status(), 400);
}

}  // namespace
}  // namespace portico::http::websocket
