// SPDX-License-Identifier: Apache-2.0
// The floor: bytes from here to there and back, a connection to the upstream for each client's. It
// knows nothing of HTTP, so what a gateway costs beyond this is what the gateway does.
//   portico_bench_relay PORT UPSTREAM
#include "listening.h"

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

namespace portico::bench {
namespace {

struct Side {
  int peer = -1;
  std::string left;  ///< For this side, which had no room for it.
  bool ended = false;
};

std::array<char, std::size_t{1} << 16> scratch;

class Relay {
 public:
  Relay(const char* port, const char* upstream)
      : epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        listener_(listen_on(port)),
        upstream_(loopback(upstream)) {
    add(epoll_, listener_, EPOLLIN);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 256> events;
    while (true) {
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == listener_) {
          accept();
        } else if (sides_[static_cast<std::size_t>(descriptor)]) {
          serve(descriptor, events[static_cast<std::size_t>(i)].events);
        }
      }
    }
  }

 private:
  Side& at(int descriptor) { return *sides_[static_cast<std::size_t>(descriptor)]; }

  void open(int descriptor, int peer) {
    const auto place = static_cast<std::size_t>(descriptor);
    if (sides_.size() <= place) sides_.resize(place + 1);
    sides_[place] = std::make_unique<Side>();
    sides_[place]->peer = peer;
    without_delay(descriptor);
    add(epoll_, descriptor, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
  }

  void accept() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) return;
    const int upstream = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const auto* address = reinterpret_cast<const sockaddr*>(&upstream_);
    if (::connect(upstream, address, sizeof upstream_) != 0 && errno != EINPROGRESS)
      fail("connect");
    open(client, upstream);
    open(upstream, client);
  }

  void serve(int descriptor, std::uint32_t events) {
    const int peer = at(descriptor).peer;
    bool fine = true;
    if ((events & EPOLLOUT) != 0 && !at(descriptor).left.empty())
      fine = flush(descriptor) && (!at(descriptor).left.empty() || pump(peer, descriptor));
    if (fine && (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
      fine = pump(descriptor, peer);
    if (fine && !(at(descriptor).ended && at(peer).ended)) return;
    close(descriptor);
    close(peer);
  }

  [[nodiscard]] bool flush(int descriptor) {
    std::string& left = at(descriptor).left;
    const ssize_t sent = ::write(descriptor, left.data(), left.size());
    if (sent < 0) return errno == EAGAIN;
    left.erase(0, static_cast<std::size_t>(sent));
    return true;
  }

  /// False when either is gone.
  [[nodiscard]] bool pump(int from, int to) {
    while (at(to).left.empty() && !at(from).ended) {
      const ssize_t got = ::read(from, scratch.data(), scratch.size());
      if (got < 0) return errno == EAGAIN;
      if (got == 0) {
        at(from).ended = true;
        ::shutdown(to, SHUT_WR);
        return true;
      }
      const auto size = static_cast<std::size_t>(got);
      const ssize_t sent = ::write(to, scratch.data(), size);
      if (sent < 0 && errno != EAGAIN) return false;
      const std::size_t done = sent < 0 ? 0 : static_cast<std::size_t>(sent);
      at(to).left.append(scratch.data() + done, size - done);
      if (size < scratch.size()) return true;
    }
    return true;
  }

  void close(int descriptor) {
    sides_[static_cast<std::size_t>(descriptor)].reset();
    ::close(descriptor);
  }

  const int epoll_;
  const int listener_;
  const sockaddr_in upstream_;
  std::vector<std::unique_ptr<Side>> sides_;
};

}  // namespace
}  // namespace portico::bench

int main(int count, char** words) {
  if (count != 3) return 64;
  ::signal(SIGPIPE, SIG_IGN);
  portico::bench::Relay(words[1], words[2]).run();
}
