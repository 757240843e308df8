// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "http/response_state.h"
#include "http/websocket/frame.h"
#include "http/websocket/handshake.h"
#include "http/websocket/session.h"
#include <portico/websocket.h>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

namespace portico {

namespace {

using http::websocket::FrameHead;
using http::websocket::Opcode;

/// A plugin that was built with an older SDK knows less of a session; what lies behind what it
/// knows is not read and stays as it is by default.
WebSocketSession known_part(WebSocketSession&& given) {
  WebSocketSession known;
  const auto take = [&]<class T>(T WebSocketSession::*field) {
    const auto* const begin = reinterpret_cast<const char*>(&given);
    const auto* const end = reinterpret_cast<const char*>(&(given.*field)) + sizeof(T);
    if (static_cast<std::size_t>(end - begin) <= given.size) known.*field = std::move(given.*field);
  };
  take(&WebSocketSession::message_limit);
  take(&WebSocketSession::ping_after);
  take(&WebSocketSession::protocol);
  take(&WebSocketSession::on_message);
  take(&WebSocketSession::on_close);
  return known;
}

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

Response websocket(Request& request, const WebSocket& socket, WebSocketSession&& given) {
  using detail::ResponseState;
  detail::FeedState& feed = detail::FeedState::of(socket.feed_);
  if (auto refusal = http::websocket::refuse_handshake(request)) {
    feed.close();
    return std::move(*refusal);
  }
  WebSocketSession session = known_part(std::move(given));
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
