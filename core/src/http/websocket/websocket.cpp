// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "http/response_state.h"
#include "http/websocket/frame.h"
#include "http/websocket/handshake.h"
#include "http/websocket/session.h"
#include <portico/websocket.h>

#include <memory>
#include <stdexcept>
#include <utility>

namespace portico {

namespace {

using http::websocket::FrameHead;
using http::websocket::Opcode;

}  // namespace

bool WebSocket::send(std::string_view message, MessageKind kind) const {
  const bool is_text = kind == MessageKind::Text;
  if (is_text && base::find_invalid_utf8(message)) {
    throw std::invalid_argument("a WebSocket's text must be UTF-8");
  }
  const FrameHead head(is_text ? Opcode::Text : Opcode::Binary, message.size());
  return detail::FeedState::of(feed_).write(head.bytes(), message);
}

void WebSocket::close(std::uint16_t code, std::string_view reason) const noexcept {
  http::websocket::farewell(detail::FeedState::of(feed_), code, reason);
}

Response websocket(Request& request, const WebSocket& socket, WebSocketSession&& session) {
  using detail::ResponseState;
  detail::FeedState& feed = detail::FeedState::of(socket.feed_);
  if (auto refusal = http::websocket::refuse_handshake(request)) {
    feed.close();
    return std::move(*refusal);
  }
  Response answer(Status::SwitchingProtocols);
  ResponseState& state = ResponseState::of(answer);
  state.source = ResponseState::Body::Feed;
  state.upgrade = "websocket";
  state.feed.hold(feed);
  const http::websocket::AcceptKey accept(*request.headers().get("Sec-WebSocket-Key"));
  state.headers.set("Sec-WebSocket-Accept", accept.text());
  if (!session.protocol.empty()) state.headers.set("Sec-WebSocket-Protocol", session.protocol);
  state.receiver = std::make_unique<http::websocket::Session>(feed, std::move(session));
  return answer;
}

}  // namespace portico
