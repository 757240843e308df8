// SPDX-License-Identifier: Apache-2.0
#include "server/connection.h"

#include "server/lane.h"

#include <array>
#include <cerrno>
#include <exception>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace portico::server {
namespace {

/// Requests that one connection may have served in a turn before the others have theirs.
constexpr std::uint64_t RequestsAtOnce = 32;
constexpr std::size_t DiscardSize = 16 * 1024;
constexpr std::chrono::hours NoDeadline{1};

/// Not now, but later. Signals are blocked in every lane; EINTR is tried again all the same.
[[nodiscard]] bool for_later() noexcept { return errno == EAGAIN || errno == EINTR; }

[[nodiscard]] bool wants_bytes(Exchange::Want want) noexcept {
  return want == Exchange::Want::Bytes || want == Exchange::Want::Rest;
}

}  // namespace

Connection::Connection(Lane& lane, Socket socket, Peer peer, const Listener& listener,
                       tls::Session session)
    : lane_(lane),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      listener_(listener),
      tls_(std::move(session)),
      resting_until_(now() + lane.options().limits.header_timeout),
      phase_(tls_ ? Phase::Greeting : Phase::Serving) {
  Watch::ready = on_ready;
  Timer::fire = on_time;
  Task::run = on_task;
}

Connection::~Connection() { lane_.loop().timers().disarm(*this); }

Connection::Time Connection::now() const noexcept { return lane_.clock().now(); }

void Connection::on_ready(loop::Watch& watch, std::uint32_t events) noexcept {
  auto& self = static_cast<Connection&>(watch);
  if (self.lost()) return;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
    self.close();
  } else {
    if ((events & EPOLLRDHUP) != 0) self.hung_up_ = true;
    if ((events & (EPOLLIN | EPOLLRDHUP)) != 0) self.readable_ = true;
    if ((events & EPOLLOUT) != 0) self.writable_ = true;
  }
  self.proceed();
}

void Connection::on_time(loop::Timer& timer) noexcept {
  auto& self = static_cast<Connection&>(timer);
  if (self.exchange_ != nullptr) {
    self.exchange_->time_is_up(self.now());
  } else if (self.resting_until_ <= self.now()) {
    self.close();
  }
  self.proceed();
}

void Connection::on_task(loop::Task& task) noexcept {
  auto& self = static_cast<Connection&>(task);
  if (self.lost() && self.exchange_ == nullptr) return self.lane_.bid_farewell(self);
  self.proceed();
}

void Connection::wake() noexcept {
  if (!proceeding_) lane_.loop().later(*this);
}

void Connection::proceed() noexcept {
  proceeding_ = true;
  try {
    if (phase_ == Phase::Greeting) greet();
    if (phase_ == Phase::Lingering) {
      discard();
    } else if (phase_ != Phase::Greeting) {
      serve();
    }
  } catch (const std::exception&) {  // Only for lack of memory.
    close();
  }
  proceeding_ = false;
  park();
}

void Connection::greet() {
  switch (tls_.handshake()) {
    case tls::Io::Done:
      phase_ = Phase::Serving;
      readable_ = true;  // What came behind the handshake lies in the session already.
      break;
    case tls::Io::WantRead:
      if (hung_up_) close();
      break;
    case tls::Io::WantWrite: break;
    case tls::Io::Closed: close(); break;
    case tls::Io::Broken: {
      const std::array fields{services::Field{"client", peer_.text},
                              services::Field{"reason", tls_.fault()}};
      lane_.parts().log.write(Level::Debug, "core", "a TLS handshake failed", fields);
      close();
    }
  }
}

/// Goes as far as the client lets it, and then waits.
void Connection::serve() {
  using Want = Exchange::Want;
  if (exchange_ == nullptr) {
    if (lost() || !readable_) return;
    exchange_ = &lane_.lend(*this);
  }
  const std::uint64_t enough = exchange_->begun() + RequestsAtOnce;
  for (;;) {
    const Want want = exchange_->advance();
    if (flush() || (wants_bytes(want) && receive())) {
      if (exchange_->begun() < enough || lost()) continue;
      lane_.loop().later(*this);
      return;
    } else if ((hung_up_ || ended_) && !lost() && want != Want::Room) {
      close();
    } else {
      return settle(want);
    }
  }
}

/// Nothing more can be done now.
void Connection::settle(Exchange::Want want) {
  using Want = Exchange::Want;
  if (want == Want::Linger) {
    begin_lingering();
  } else if (want == Want::Close) {
    if (tls_) tls_.shut_down();
    close();
  } else if (want != Want::Rest) {
    return;
  }
  served_ |= exchange_->begun() > 0;
  lane_.take_back(*std::exchange(exchange_, nullptr));
  resting_until_ = now() + patience();
}

/// How long it may rest.
Connection::Time Connection::patience() const noexcept {
  const Limits& limits = lane_.options().limits;
  if (phase_ == Phase::Lingering) return limits.linger_timeout;
  return served_ ? limits.idle_timeout : limits.header_timeout;
}

/// Whether the client's side took something, or the client is lost.
bool Connection::flush() {
  if (!writable_ || lost() || exchange_->output().waiting() == 0) return false;
  const tls::Moved moved = send();
  exchange_->sent(moved.bytes);
  writable_ = moved.io == tls::Io::Done;
  if (moved.io == tls::Io::Closed || moved.io == tls::Io::Broken) close();
  return moved.bytes > 0 || lost();
}

tls::Moved Connection::send() noexcept {
  const Output& output = exchange_->output();
  const std::array<std::string_view, 2> pieces = output.pieces();
  std::array<iovec, 2> vectors;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    vectors[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
  }
  const std::size_t count = pieces[1].empty() ? 1 : 2;
  if (tls_) return tls_.write(std::span(vectors).first(count), lane_.record_buffer());
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  const ssize_t sent = ::sendmsg(socket_.descriptor(), &message, MSG_NOSIGNAL);
  if (sent < 0) return {for_later() ? tls::Io::WantWrite : tls::Io::Closed, 0};
  const auto bytes = static_cast<std::size_t>(sent);
  return {bytes == output.waiting() ? tls::Io::Done : tls::Io::WantWrite, bytes};
}

/// Whether something came, or the client is lost.
bool Connection::receive() {
  if (!readable_ || lost()) return false;
  const tls::Moved moved = read(exchange_->input().room());
  if (moved.bytes > 0) exchange_->received(moved.bytes);
  switch (moved.io) {
    case tls::Io::Done: break;
    case tls::Io::WantRead:
    case tls::Io::WantWrite:
      // A short read has emptied the socket; what comes now is told by an edge of its own. But the
      // end of the stream was told already.
      readable_ = hung_up_ && moved.bytes > 0;
      break;
    case tls::Io::Closed:
      readable_ = false;
      ended_ = true;
      break;
    case tls::Io::Broken: close(); break;
  }
  return moved.bytes > 0 || lost();
}

tls::Moved Connection::read(std::span<char> room) noexcept {
  if (tls_) return tls_.read(room);
  const ssize_t got = ::recv(socket_.descriptor(), room.data(), room.size(), 0);
  if (got < 0) return {for_later() ? tls::Io::WantRead : tls::Io::Broken, 0};
  const auto bytes = static_cast<std::size_t>(got);
  if (bytes == 0) return {tls::Io::Closed, 0};
  return {bytes == room.size() ? tls::Io::Done : tls::Io::WantRead, bytes};
}

void Connection::park() noexcept {
  if (lost()) {
    if (exchange_ == nullptr) lane_.loop().later(*this);
    return;
  }
  if (!watched_) {
    watched_ = lane_.loop().watch(socket_.descriptor(), *this);
    if (!watched_) {
      cut();
      return wake();
    }
  }
  const Time until = exchange_ != nullptr ? exchange_->deadline() : resting_until_;
  lane_.loop().timers().move(*this, std::min(until, now() + NoDeadline));
}

void Connection::begin_lingering() noexcept {
  phase_ = Phase::Lingering;
  if (ended_) return close();
  if (tls_) tls_.shut_down();
  ::shutdown(socket_.descriptor(), SHUT_WR);
}

/// Closing with unread bytes would reset the connection, and the client might lose the answer.
void Connection::discard() noexcept {
  std::array<char, DiscardSize> space;
  while (readable_ && !lost()) {
    const ssize_t got = ::recv(socket_.descriptor(), space.data(), space.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    readable_ = got > 0;
    if (got > 0) discarded_ += static_cast<std::size_t>(got);
    const bool ended = got == 0 || (got < 0 && !for_later());
    if (ended || discarded_ > lane_.options().limits.linger_bytes) close();
  }
}

void Connection::close() noexcept {
  socket_.close();
  phase_ = Phase::Closed;
  if (exchange_ != nullptr) exchange_->lose();
}

void Connection::cut() noexcept {
  socket_.reset();
  close();
}

void Connection::drain() noexcept {
  if (exchange_ == nullptr) {
    if (phase_ != Phase::Lingering) close();
  } else {
    exchange_->leave();
  }
  lane_.loop().later(*this);
}

void Connection::give_up() noexcept {
  if (exchange_ == nullptr) {
    close();
  } else {
    exchange_->give_up();
  }
  lane_.loop().later(*this);
}

}  // namespace portico::server
