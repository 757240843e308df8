// SPDX-License-Identifier: Apache-2.0
// WebSockets (RFC 6455), spoken by core. A handler makes the socket, says what happens with its
// messages, and returns; no worker is held while it is open.
//
//   r.route("GET", "/echo", [](Request& request) {
//     WebSocket socket;
//     WebSocketSession session;
//     session.on_message = [socket](std::string_view text, MessageKind kind) {
//       socket.send(text, kind);
//     };
//     return websocket(request, socket, std::move(session));
//   });
//
// Browsers open WebSockets to any server and send its cookies with them: check `Origin` before you
// trust a cookie here.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/http.h>
#include <portico/stream.h>
#include <portico/units.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portico {

enum class MessageKind : std::uint8_t { Text, Binary };

class WebSocket;
struct WebSocketSession;

/// Answers 101 and opens the socket. A request that is none for a WebSocket gets 426 or 400, and
/// the socket closes.
PORTICO_API Response websocket(Request& request, const WebSocket& socket,
                               WebSocketSession&& session);

/// The sending end of an open WebSocket. A handle: copies name the same one. Every function may be
/// called on any thread, also when it is not open yet or has long been closed.
class PORTICO_API WebSocket {
 public:
  explicit WebSocket(const FeedOptions& options = {}) : feed_(options) {}

  /// One message. Text must be UTF-8. False when it will not be sent.
  bool send(std::string_view message, MessageKind kind = MessageKind::Text) const;
  /// Says farewell (1000 is "done", 1008 "against the rules", 1011 "my fault") and closes. The
  /// reason is cut to the 123 bytes that fit.
  void close(std::uint16_t code = 1000, std::string_view reason = {}) const noexcept;
  [[nodiscard]] bool open() const noexcept { return feed_.open(); }

 private:
  friend Response websocket(Request& request, const WebSocket& socket, WebSocketSession&& session);
  Feed feed_;
};

/// What happens in a WebSocket. The functions run on its loop, one at a time, and must not block.
struct WebSocketSession {
  std::uint32_t size = sizeof(WebSocketSession);
  Bytes message_limit{1024 * 1024};  ///< Of one message; more is answered 1009.
  /// A client that is silent for so long is asked whether it is there, and cut if it is silent
  /// again.
  std::chrono::milliseconds ping_after{30'000};
  std::string_view protocol;  ///< The one chosen of Sec-WebSocket-Protocol, if any.
  Callable<void(std::string_view message, MessageKind kind)> on_message;
  /// Once, at the end of a socket that was open. The client's code; 1005 when it gave none, 1006
  /// when it was just gone.
  Callable<void(std::uint16_t code)> on_close;
};

}  // namespace portico
