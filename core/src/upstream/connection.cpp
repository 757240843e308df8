// SPDX-License-Identifier: Apache-2.0
#include "upstream/connection.h"

#include "upstream/call.h"
#include "upstream/outbound.h"
#include "upstream/pool.h"

#include <array>
#include <cstring>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace portico::upstream {

using tls::Io;
using tls::Moved;

Connection::Connection(Pool& pool, tls::Stream stream) noexcept
    : pool_(pool), stream_(std::move(stream)) {
  Watch::ready = on_ready;
}

bool Connection::watch() noexcept {
  watched_ = pool_.outbound().loop().watch(stream_.descriptor(), *this);
  return watched_;
}

void Connection::on_ready(loop::Watch& watch, std::uint32_t events) noexcept {
  auto& self = static_cast<Connection&>(watch);
  if (self.state_ == State::Closed) return;
  if ((events & EPOLLOUT) != 0) self.writable_ = true;
  if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) self.readable_ = true;
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) self.hung_up_ = true;
  if (self.call_ != nullptr) return self.call_->stirred();
  // That the backend has taken the last of a request may be told late.
  if (events == EPOLLOUT) return;
  // Nobody asked for anything, but sessions of TLS are sent tickets at any time.
  if (self.hung_up_ || !self.stream_.session()) self.pool_.discard(self);
}

void Connection::rest() noexcept {
  call_ = nullptr;
  ++served_;
}

// Over TLS what came may be no answer, but a ticket.
bool Connection::quiet() noexcept {
  std::array<char, 1> space;
  if (!readable_) return true;
  const Moved moved = stream_.receive(space);
  readable_ = false;
  return moved.bytes == 0 && moved.io == Io::WantRead;
}

// As a client's connection: a process that was forked may hold the socket too.
void Connection::close() noexcept {
  if (state_ == State::Closed) return;
  state_ = State::Closed;
  call_ = nullptr;
  if (watched_) pool_.outbound().loop().forget(stream_.descriptor());
  stream_.socket().close();
  pool_.outbound().bury(*this);
}

void Connection::proceed() noexcept {
  if (state_ == State::Connecting && (writable_ || hung_up_)) settle_connect();
  if (state_ == State::Greeting) greet();
}

void Connection::settle_connect() noexcept {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(stream_.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return fail(strerrordesc_np(error));
  if (!writable_) return;
  state_ = stream_.session() ? State::Greeting : State::Open;
}

void Connection::greet() noexcept {
  switch (stream_.session().handshake()) {
    case Io::Done:
      state_ = State::Open;
      readable_ = true;  // What came behind the handshake lies in the session already.
      break;
    case Io::WantRead:
      if (hung_up_) fail("it hung up in the TLS handshake");
      break;
    case Io::WantWrite: break;
    case Io::Closed: fail("it hung up in the TLS handshake"); break;
    case Io::Broken: fail(stream_.session().fault()); break;
  }
}

void Connection::fail(std::string_view why) noexcept {
  state_ = State::Failed;
  fault_ = why;
}

Moved Connection::send(loop::Output& output) noexcept {
  if (!writable_) return {Io::WantWrite, 0};
  const Moved moved = stream_.send(output, pool_.outbound().record_buffer());
  writable_ = moved.io == Io::Done;
  return moved;
}

Moved Connection::receive(std::span<char> room) noexcept {
  if (!readable_) return {Io::WantRead, 0};
  const Moved moved = stream_.receive(room);
  // A short read has emptied the socket, and what comes now is told by an edge of its own. But the
  // end of the stream was told already.
  if (moved.io != Io::Done) readable_ = hung_up_ && moved.bytes > 0;
  return moved;
}

std::size_t Connection::receive(loop::Pipe& pipe, std::size_t most) noexcept {
  if (!readable_) return 0;
  const Moved moved = stream_.receive(pipe, most);
  if (moved.io == Io::WantRead) readable_ = false;
  return moved.bytes;
}

}  // namespace portico::upstream
