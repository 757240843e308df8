// SPDX-License-Identifier: Apache-2.0
// One open WebSocket, the server's side. What the client sends is read by wslay, which joins
// fragments, checks UTF-8 and answers pings; messages go to the plugin's functions. What the server
// says goes into the feed, from any thread.
#pragma once

#include "http/feed_state.h"
#include "http/receiver.h"
#include "loop/timer.h"
#include <portico/websocket.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include <wslay/wslay.h>

namespace portico::http::websocket {

/// Says why it closes, and ends the feed.
void farewell(detail::FeedState& feed, std::uint16_t code, std::string_view reason) noexcept;

class Session final : public Receiver {
 public:
  /// The feed outlives it: the same answer owns both.
  Session(detail::FeedState& feed, WebSocketSession&& what);
  ~Session() override;

  void opened(loop::Executor& executor) noexcept override;
  void received(std::string_view bytes) override;
  void leave() noexcept override;
  void dismiss() noexcept override;
  void closed() override;

 private:
  struct Silence : loop::Timer {
    explicit Silence(Session& its_session) noexcept;
    Session& session;
  };
  struct FreeContext {
    void operator()(wslay_event_context* context) const noexcept;
  };

  static ssize_t on_read(wslay_event_context* context, std::uint8_t* room, std::size_t size,
                         int flags, void* session) noexcept;
  static ssize_t on_write(wslay_event_context* context, const std::uint8_t* bytes, std::size_t size,
                          int flags, void* session) noexcept;
  static void on_message(wslay_event_context* context, const wslay_event_on_msg_recv_arg* message,
                         void* session) noexcept;

  void take_message(std::string_view payload, std::uint8_t opcode);
  void await_bytes() noexcept;
  void silent() noexcept;

  detail::FeedState& feed_;
  const WebSocketSession what_;
  std::unique_ptr<wslay_event_context, FreeContext> context_;
  std::string_view unread_;
  std::string reply_;  // Of wslay's own: to a ping, to a close, to what breaks the rules.
  std::exception_ptr thrown_;
  loop::Executor* executor_ = nullptr;
  Silence silence_{*this};
  bool asked_ = false;  // Whether it is there; nothing has come since.
  std::uint16_t code_ = WSLAY_CODE_ABNORMAL_CLOSURE;
};

}  // namespace portico::http::websocket
