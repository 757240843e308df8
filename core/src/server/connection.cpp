// SPDX-License-Identifier: Apache-2.0
#include "server/connection.h"

#include "server/lane.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace portico::server {
namespace {

/// Requests that one connection may have served in a turn before the others have theirs.
constexpr std::uint64_t RequestsAtOnce = 32;
/// The same of steps, which a body takes many of.
constexpr unsigned StepsAtOnce = 256;
constexpr std::chrono::hours NoDeadline{1};

[[nodiscard]] bool wants_bytes(Exchange::Want want) noexcept {
  return want == Exchange::Want::Bytes || want == Exchange::Want::Rest;
}

}  // namespace

Connection::Connection(Lane& lane, loop::Socket socket, Peer peer, const Station& station,
                       tls::Session session)
    : lane_(lane),
      stream_(std::move(socket), std::move(session)),
      peer_(std::move(peer)),
      origin_(station.socket.get()),
      resting_until_(now() + lane.options().limits.header_timeout),
      phase_(station.listener.proxy_protocol ? Phase::Announced : after_announcement()),
      serves_(station.listener.serves) {
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
    if (phase_ == Phase::Announced) hear_announcement();
    if (phase_ == Phase::Greeting) greet();
    if (phase_ == Phase::Lingering) discard();
    if (phase_ == Phase::Serving || phase_ == Phase::Closed) serve();
  } catch (const std::exception&) {  // Only for lack of memory.
    close();
  }
  proceeding_ = false;
  park();
}

/// Goes as far as the client lets it, and then waits.
void Connection::serve() {
  using Want = Exchange::Want;
  if (exchange_ == nullptr) {
    if (lost() || !readable_) return;
    exchange_ = &lane_.lend(*this);
  }
  const std::uint64_t enough = exchange_->begun() + RequestsAtOnce;
  for (unsigned steps = 1;; ++steps) {
    const Want want = exchange_->advance();
    if (flush() || (wants_bytes(want) && receive())) {
      if ((exchange_->begun() < enough && steps < StepsAtOnce) || lost()) continue;
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
    if (stream_.session()) stream_.session().shut_down();
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
  if (leaving_) return limits.parting_timeout;
  return served_ ? limits.idle_timeout : limits.header_timeout;
}

void Connection::park() noexcept {
  if (lost()) {
    if (exchange_ == nullptr) lane_.loop().later(*this);
    return;
  }
  if (!watched_) {
    watched_ = lane_.loop().watch(stream_.descriptor(), *this);
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
  stream_.shut_down();
}

// A process that was forked from this one holds the socket too until it runs its own program, and
// as long as anybody holds it the loop would be told of it.
void Connection::forget() noexcept {
  if (std::exchange(watched_, false)) lane_.loop().forget(stream_.descriptor());
}

void Connection::close() noexcept {
  forget();
  stream_.socket().close();
  phase_ = Phase::Closed;
  if (exchange_ != nullptr) exchange_->lose();
}

void Connection::cut() noexcept {
  forget();
  stream_.socket().reset();
  close();
}

/// What the kernel holds already is looked at, and what is on its way is waited for: a client whose
/// request meets a closed connection cannot know whether it was served.
void Connection::drain() noexcept {
  if (std::exchange(leaving_, true)) return;
  if (exchange_ != nullptr) {
    exchange_->leave();
  } else if (phase_ != Phase::Lingering) {
    readable_ = true;
    resting_until_ = std::min(resting_until_, now() + patience());
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
