// SPDX-License-Identifier: Apache-2.0
#include "live/socket.h"

#include "shared/json_out.h"

#include <utility>

namespace portico::notify {
namespace {

constexpr Bytes MostHeard{1024};
constexpr std::chrono::seconds PingAfter{20};
constexpr std::uint16_t TryAgainLater = 1013;
constexpr std::uint16_t AgainstTheRules = 1008;

}  // namespace

Socket::Socket() : socket_({.overflow = Overflow::Cut}) {}

bool Socket::wanted(const Request& request) {
  return request.headers().has("Upgrade") || request.headers().has("Sec-WebSocket-Key");
}

Response Socket::answer(Request& request, Seat seat) const {
  WebSocketSession session;
  session.message_limit = MostHeard;
  session.ping_after = PingAfter;
  session.on_close = [seat = std::move(seat)](std::uint16_t) {};
  return websocket(request, socket_, std::move(session));
}

bool Socket::tell(const TopicMessage& message) {
  JsonOut text;
  text.begin_object()
      .member("seq", message.seq)
      .member("event", message.event)
      .json_member("payload", message.payload)
      .end_object();
  return socket_.send(text.text());
}

void Socket::end(Farewell why) noexcept {
  const bool come_back = why == Farewell::ComeBack;
  socket_.close(come_back ? TryAgainLater : AgainstTheRules,
                come_back ? "there is more" : "no longer subscribed");
}

}  // namespace portico::notify
