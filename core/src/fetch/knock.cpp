// SPDX-License-Identifier: Apache-2.0
#include "fetch/knock.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace portico::fetch {

Knock::Knock(loop::Loop& loop, const upstream::SocketAddress& where,
             Callable<void(std::string_view)> heard)
    : loop_(loop),
      socket_(::socket(where.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
      heard_(std::move(heard)) {
  Watch::ready = on_ready;
  const bool begun =
      socket_.open() &&
      (::connect(socket_.descriptor(), where.address(), where.size) == 0 || errno == EINPROGRESS);
  if (begun) watched_ = loop_.watch(socket_.descriptor(), *this);
  if (!watched_) heard_(strerrordesc_np(errno));
}

Knock::~Knock() {
  if (watched_) loop_.forget(socket_.descriptor());
}

void Knock::on_ready(loop::Watch& watch, std::uint32_t events) noexcept {
  auto& self = static_cast<Knock&>(watch);
  if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) == 0 || !self.heard_) return;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(self.socket_.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
  const Callable<void(std::string_view)> heard = std::move(self.heard_);
  heard(error == 0 ? std::string_view() : strerrordesc_np(error));
}

}  // namespace portico::fetch
