// SPDX-License-Identifier: Apache-2.0
#include "http/websocket/session.h"

#include "http/websocket/frame.h"

#include <algorithm>
#include <new>
#include <utility>

namespace portico::http::websocket {

namespace {

constexpr std::uint16_t MyFault = 1011;

[[nodiscard]] Session& session_of(void* session) noexcept {
  return *static_cast<Session*>(session);
}

[[nodiscard]] std::string_view text_of(const std::uint8_t* bytes, std::size_t size) noexcept {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): wslay's bytes are unsigned.
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

void farewell(detail::FeedState& feed, std::uint16_t code, std::string_view reason) noexcept {
  try {
    feed.write(ControlFrame(code, reason).bytes());
  } catch (...) {  // NOLINT(bugprone-empty-catch): no memory for a farewell.
  }
  feed.end();
}

Session::Silence::Silence(Session& its_session) noexcept : session(its_session) {
  fire = [](loop::Timer& timer) noexcept { static_cast<Silence&>(timer).session.silent(); };
}

void Session::FreeContext::operator()(wslay_event_context* context) const noexcept {
  wslay_event_context_free(context);
}

Session::Session(detail::FeedState& feed, WebSocketSession&& what)
    : feed_(feed), what_(std::move(what)) {
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = &Session::on_read;
  callbacks.send_callback = &Session::on_write;
  callbacks.on_msg_recv_callback = &Session::on_message;
  wslay_event_context* context = nullptr;
  if (wslay_event_context_server_init(&context, &callbacks, this) != 0) throw std::bad_alloc();
  context_.reset(context);
  wslay_event_config_set_max_recv_msg_length(context, what_.message_limit.count);
}

Session::~Session() = default;

void Session::opened(loop::Executor& executor) noexcept {
  executor_ = &executor;
  await_bytes();
  executor.arm(silence_);
}

void Session::received(std::string_view bytes) {
  unread_ = bytes;
  await_bytes();
  const int read = wslay_event_recv(context_.get());
  const int written = wslay_event_send(context_.get());
  if (thrown_) {
    farewell(feed_, MyFault, {});
    std::rethrow_exception(std::exchange(thrown_, nullptr));
  }
  // In one piece: other threads write to the feed too.
  const bool replied = reply_.empty() || feed_.write(reply_) || !feed_.open();
  reply_.clear();
  if (read != 0 || written != 0 || !replied) return feed_.cut();
  if (wslay_event_get_close_sent(context_.get()) != 0) feed_.end();
}

void Session::leave() noexcept { farewell(feed_, WSLAY_CODE_GOING_AWAY, "the server stops"); }

void Session::dismiss() noexcept {
  farewell(feed_, WSLAY_CODE_POLICY_VIOLATION, "no longer allowed");
}

void Session::closed() {
  if (executor_ != nullptr) executor_->disarm(silence_);
  if (what_.on_close) what_.on_close(code_);
}

ssize_t Session::on_read(wslay_event_context* context, std::uint8_t* room, std::size_t size, int,
                         void* session) noexcept {
  std::string_view& unread = session_of(session).unread_;
  if (unread.empty() || session_of(session).thrown_) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const std::string_view piece = unread.substr(0, size);
  std::copy(piece.begin(), piece.end(), room);
  unread.remove_prefix(piece.size());
  return static_cast<ssize_t>(piece.size());
}

ssize_t Session::on_write(wslay_event_context* context, const std::uint8_t* bytes, std::size_t size,
                          int, void* session) noexcept {
  try {
    session_of(session).reply_ += text_of(bytes, size);
    return static_cast<ssize_t>(size);
  } catch (...) {
    wslay_event_set_error(context, WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }
}

void Session::on_message(wslay_event_context*, const wslay_event_on_msg_recv_arg* message,
                         void* session) noexcept {
  Session& self = session_of(session);
  if (message->opcode == WSLAY_CONNECTION_CLOSE) {
    self.code_ = WSLAY_CODE_NO_STATUS_RCVD;
    if (message->status_code != 0) self.code_ = message->status_code;
  }
  if (self.thrown_ || wslay_is_ctrl_frame(message->opcode)) return;
  try {
    self.take_message(text_of(message->msg, message->msg_length), message->opcode);
  } catch (...) {
    self.thrown_ = std::current_exception();
  }
}

void Session::take_message(std::string_view payload, std::uint8_t opcode) {
  if (!what_.on_message) return;
  what_.on_message(payload, opcode == WSLAY_TEXT_FRAME ? MessageKind::Text : MessageKind::Binary);
}

/// The timer is lazy: this is one store.
void Session::await_bytes() noexcept {
  asked_ = false;
  silence_.deadline = executor_->clock().now() + what_.ping_after;
}

void Session::silent() noexcept {
  if (std::exchange(asked_, true)) return feed_.cut();
  try {
    if (!feed_.write(ControlFrame(Opcode::Ping, {}).bytes()) && !feed_.open()) return;
  } catch (...) {  // NOLINT(bugprone-empty-catch): asked later.
  }
  silence_.deadline = executor_->clock().now() + what_.ping_after;
  executor_->arm(silence_);
}

}  // namespace portico::http::websocket
