// SPDX-License-Identifier: Apache-2.0
#include "tls/stream.h"

#include <array>
#include <cerrno>
#include <cstddef>

#include <sys/socket.h>
#include <sys/uio.h>

namespace portico::tls {
namespace {

/// Not now, but later. Signals are blocked on every loop; EINTR is tried again all the same.
[[nodiscard]] bool for_later() noexcept { return errno == EAGAIN || errno == EINTR; }

/// What became of `bytes` that the kernel was given.
[[nodiscard]] Moved sent_of(ssize_t sent, std::size_t bytes) noexcept {
  if (sent < 0) return {for_later() ? Io::WantWrite : Io::Closed, 0};
  const auto count = static_cast<std::size_t>(sent);
  return {count == bytes ? Io::Done : Io::WantWrite, count};
}

}  // namespace

Moved Stream::send(std::span<const std::string_view> pieces, RecordBuffer& scratch) noexcept {
  std::array<iovec, 2> vectors;
  std::size_t count = 0;
  std::size_t total = 0;
  for (const std::string_view piece : pieces) {
    if (piece.empty()) continue;
    vectors[count++] = {const_cast<char*>(piece.data()), piece.size()};
    total += piece.size();
  }
  if (session_) return session_.write(std::span(vectors).first(count), scratch);
  if (count == 1) {
    return sent_of(::send(socket_.descriptor(), vectors[0].iov_base, total, MSG_NOSIGNAL), total);
  }
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  return sent_of(::sendmsg(socket_.descriptor(), &message, MSG_NOSIGNAL), total);
}

Moved Stream::send(loop::Output& output, RecordBuffer& scratch) noexcept {
  const auto pieces = output.pieces();
  if (!pieces[0].empty() || !pieces[1].empty()) {
    const Moved moved = send(pieces, scratch);
    output.sent(moved.bytes);
    return moved;
  }
  if (output.pipe() == nullptr) return {Io::Done, 0};
  const ssize_t sent = output.pipe()->empty(socket_.descriptor());
  if (sent < 0) return {for_later() ? Io::WantWrite : Io::Closed, 0};
  output.pipe_moved();
  return {Io::Done, static_cast<std::size_t>(sent)};
}

Moved Stream::receive(std::span<char> room) noexcept {
  if (session_) return session_.read(room);
  const ssize_t got = ::recv(socket_.descriptor(), room.data(), room.size(), 0);
  if (got < 0) return {for_later() ? Io::WantRead : Io::Broken, 0};
  const auto bytes = static_cast<std::size_t>(got);
  if (bytes == 0) return {Io::Closed, 0};
  return {bytes == room.size() ? Io::Done : Io::WantRead, bytes};
}

Moved Stream::receive(loop::Pipe& pipe, std::size_t most) noexcept {
  const ssize_t got = pipe.fill(socket_.descriptor(), most);
  if (got < 0) return {for_later() ? Io::WantRead : Io::Broken, 0};
  return {got == 0 ? Io::Closed : Io::Done, static_cast<std::size_t>(got)};
}

void Stream::shut_down() noexcept {
  if (session_) session_.shut_down();
  ::shutdown(socket_.descriptor(), SHUT_WR);
}

}  // namespace portico::tls
