// SPDX-License-Identifier: Apache-2.0
#include "stopgap/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

namespace portico::stopgap {
namespace {

constexpr std::size_t ReadSize = 16 * 1024;

[[nodiscard]] HeadLimits head_limits(const Limits& limits) {
  return {limits.header_bytes, limits.target_bytes, limits.header_fields};
}

}  // namespace

Connection::Connection(Surroundings& surroundings, Socket socket, Peer peer,
                       const Listener& listener)
    : surroundings_(surroundings),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      serves_(listener.serves),
      place_(listener.where.loopback() ? admin::Place::Loopback : admin::Place::Elsewhere),
      scanner_(head_limits(surroundings.options().limits)),
      driver_(surroundings.engine(), *this, surroundings.parts().workers,
              surroundings.parts().journal) {
  head_pace_.begin(now(), surroundings.options().limits.header_timeout);
}

Connection::Time Connection::now() const noexcept { return surroundings_.parts().clock.now(); }

Connection::Time Connection::patience() const noexcept {
  return surroundings_.options().limits.transfer_timeout;
}

short Connection::interest() const noexcept {
  int events = 0;
  switch (phase_) {
    case Phase::Head:
    case Phase::Lingering: events = POLLIN; break;
    case Phase::Exchange:
      events = POLLRDHUP;
      if (reading_ && body_.state() == IncomingBody::State::More) events |= POLLIN;
      if (waiting() > 0) events |= POLLOUT;
      break;
    case Phase::Answering: events = POLLOUT; break;
    case Phase::Closed: break;
  }
  return static_cast<short>(events);
}

Connection::Time Connection::deadline() const noexcept {
  switch (phase_) {
    case Phase::Head: return head_pace_.deadline();
    case Phase::Exchange: return std::min(in_pace_.deadline(), out_pace_.deadline());
    case Phase::Answering: return out_pace_.deadline();
    case Phase::Lingering: return linger_pace_.deadline();
    case Phase::Closed: break;
  }
  return Time::max();
}

bool Connection::busy() const noexcept {
  return phase_ == Phase::Exchange || phase_ == Phase::Answering ||
         (phase_ == Phase::Head && !in_.empty());
}

void Connection::ready(short events) {
  if (!socket_.open()) return;
  if ((events & (POLLERR | POLLHUP | POLLNVAL)) != 0) return lose();
  if ((events & POLLIN) != 0) {
    if (phase_ == Phase::Lingering) {
      discard();
    } else {
      receive();
    }
  } else if ((events & POLLRDHUP) != 0) {
    lose();
  }
}

void Connection::receive() {
  std::array<char, ReadSize> space;
  const ssize_t got = ::recv(socket_.descriptor(), space.data(), space.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return lose();
  const auto size = static_cast<std::size_t>(got);
  in_.append(space.data(), size);
  traffic_.received += size;
  in_pace_.moved(now(), patience(), size);
}

void Connection::flush() {
  while (waiting() > 0 && socket_.open()) {
    const ssize_t sent =
        ::send(socket_.descriptor(), out_.data() + out_at_, waiting(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) break;
    if (sent < 0) return lose();
    const auto size = static_cast<std::size_t>(sent);
    out_at_ += size;
    traffic_.sent += size;
    out_pace_.moved(now(), patience(), size);
  }
  // What has left makes room once it is the greater part.
  if (out_at_ > out_.size() / 2) {
    out_.erase(0, out_at_);
    out_at_ = 0;
  }
  if (waiting() == 0) {
    out_pace_.end();
  } else {
    out_pace_.begin(now(), patience());
  }
}

void Connection::begin_lingering() {
  phase_ = Phase::Lingering;
  linger_pace_.begin(now(), surroundings_.options().limits.linger_timeout);
  ::shutdown(socket_.descriptor(), SHUT_WR);
}

/// Closing with unread bytes would reset the connection, and the client might lose the answer.
void Connection::discard() {
  std::array<char, ReadSize> space;
  const ssize_t got = ::recv(socket_.descriptor(), space.data(), space.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got > 0) discarded_ += static_cast<std::size_t>(got);
  if (got <= 0 || discarded_ > surroundings_.options().limits.linger_bytes) lose();
}

void Connection::lose() noexcept {
  socket_.close();
  lost_ = true;
  in_pace_.end();
  out_pace_.end();
  if (phase_ != Phase::Exchange) phase_ = Phase::Closed;
}

void Connection::cut() noexcept {
  socket_.reset();
  lose();
}

void Connection::close_idle() noexcept {
  if (phase_ == Phase::Head && in_.empty()) lose();
}

}  // namespace portico::stopgap
