// SPDX-License-Identifier: Apache-2.0
#include "upstream/pool.h"

#include "upstream/outbound.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace portico::upstream {
namespace {

[[nodiscard]] loop::Socket open_socket(int family) noexcept {
  loop::Socket made(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (made.open() && family != AF_UNIX) {
    ::setsockopt(made.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  return made;
}

}  // namespace

Pool::Pool(Outbound& outbound, const detail::UpstreamState& group, std::shared_ptr<Backend> backend)
    : outbound_(outbound),
      options_(group.options),
      tls_(group.tls.get()),
      backend_(std::move(backend)) {
  Timer::fire = on_time;
}

Pool::~Pool() {
  while (oldest_ != nullptr) discard(*oldest_);
  outbound_.loop().timers().disarm(*this);
}

Connection* Pool::take() noexcept {
  while (newest_ != nullptr) {
    Connection& taken = *newest_;
    unlink(taken);
    if (taken.quiet()) {
      ++lent_;
      return &taken;
    }
    taken.close();
  }
  return nullptr;
}

Connection& Pool::connect() {
  loop::Socket socket = open_socket(backend_->where.family());
  int error = socket.open() ? 0 : errno;
  if (error == 0 &&
      ::connect(socket.descriptor(), backend_->where.address(), backend_->where.size) != 0 &&
      errno != EINPROGRESS) {
    error = errno;
  }
  tls::Session session;
  if (tls_ != nullptr) session = tls_->connect(socket.descriptor(), backend_->host, resumption_);
  const bool bare = tls_ != nullptr && !session;
  auto* const made = new Connection(*this, tls::Stream(std::move(socket), std::move(session)));
  if (bare) made->fail("TLS could not be begun");
  ++lent_;
  backend_->figures->opened.fetch_add(1, std::memory_order_relaxed);
  if (error == 0 && !made->watch()) error = errno;
  if (error != 0) made->fail(strerrordesc_np(error));
  return *made;
}

void Pool::keep(Connection& connection) noexcept {
  connection.rest();
  if (options_.idle_connections == 0) return drop(connection);
  --lent_;
  connection.rests_until = outbound_.now() + options_.idle_timeout;
  connection.next = newest_;
  (newest_ != nullptr ? newest_->previous : oldest_) = &connection;
  newest_ = &connection;
  backend_->figures->resting.fetch_add(1, std::memory_order_relaxed);
  if (++resting_ > options_.idle_connections) discard(*oldest_);
  if (oldest_ == &connection) watch_the_oldest();
}

void Pool::drop(Connection& connection) noexcept {
  --lent_;
  connection.close();
}

void Pool::discard(Connection& connection) noexcept {
  unlink(connection);
  connection.close();
}

void Pool::unlink(Connection& connection) noexcept {
  (connection.previous != nullptr ? connection.previous->next : newest_) = connection.next;
  (connection.next != nullptr ? connection.next->previous : oldest_) = connection.previous;
  connection.next = connection.previous = nullptr;
  --resting_;
  backend_->figures->resting.fetch_sub(1, std::memory_order_relaxed);
}

void Pool::watch_the_oldest() noexcept {
  if (oldest_ != nullptr) outbound_.loop().timers().move(*this, oldest_->rests_until);
}

void Pool::on_time(loop::Timer& timer) noexcept {
  auto& self = static_cast<Pool&>(timer);
  const auto now = self.outbound_.now();
  while (self.oldest_ != nullptr && self.oldest_->rests_until <= now) self.discard(*self.oldest_);
  self.watch_the_oldest();
}

}  // namespace portico::upstream
