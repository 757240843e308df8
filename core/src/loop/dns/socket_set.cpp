// SPDX-License-Identifier: Apache-2.0
#include "loop/dns/socket_set.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>

#include <sys/epoll.h>
#include <unistd.h>

namespace portico::loop::dns {
namespace {

constexpr std::size_t EventsAtOnce = 16;

}  // namespace

SocketSet::SocketSet(Loop& loop, Owner& owner)
    : loop_(loop), owner_(owner), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  ready = [](Watch& watch, std::uint32_t) noexcept { static_cast<SocketSet&>(watch).tell(); };
  if (!loop_.watch_listener(epoll_, *this, false)) {
    const int reason = errno;
    ::close(epoll_);
    throw std::system_error(reason, std::generic_category(), "epoll_ctl");
  }
}

SocketSet::~SocketSet() {
  loop_.forget(epoll_);
  ::close(epoll_);
}

void SocketSet::mind(int descriptor, bool readable, bool writable) noexcept {
  epoll_event event{};
  if (readable) event.events |= EPOLLIN;
  if (writable) event.events |= EPOLLOUT;
  event.data.fd = descriptor;
  if (event.events == 0) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
  } else if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) != 0) {
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }
}

void SocketSet::tell() noexcept {
  std::array<epoll_event, EventsAtOnce> events;
  const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    owner_.ready(owner_, event.data.fd, broken || (event.events & EPOLLIN) != 0,
                 (event.events & EPOLLOUT) != 0);
  }
}

}  // namespace portico::loop::dns
