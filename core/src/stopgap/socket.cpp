// SPDX-License-Identifier: Apache-2.0
#include "stopgap/socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::stopgap {
namespace {

constexpr int Backlog = 1024;

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un local;
};

struct BoundAddress {
  SocketAddress address{};
  socklen_t length = 0;
};

[[noreturn]] void fail(const config::ListenAddress& where, const char* step) {
  throw std::system_error(errno, std::generic_category(), where.text() + ": " + step);
}

[[nodiscard]] BoundAddress to_system(const config::ListenAddress& where) {
  using Family = config::ListenAddress::Family;
  BoundAddress bound;
  if (where.family == Family::Unix) {
    sockaddr_un& local = bound.address.local;
    if (where.path.size() >= sizeof local.sun_path) {
      errno = ENAMETOOLONG;
      fail(where, "bind");
    }
    local.sun_family = AF_UNIX;
    std::memcpy(local.sun_path, where.path.c_str(), where.path.size() + 1);
    bound.length = sizeof local;
  } else if (where.family == Family::V4) {
    bound.address.v4.sin_family = AF_INET;
    bound.address.v4.sin_port = ::htons(where.port);
    ::inet_pton(AF_INET, where.host.c_str(), &bound.address.v4.sin_addr);
    bound.length = sizeof bound.address.v4;
  } else {
    bound.address.v6.sin6_family = AF_INET6;
    bound.address.v6.sin6_port = ::htons(where.port);
    ::inet_pton(AF_INET6, where.host.c_str(), &bound.address.v6.sin6_addr);
    bound.length = sizeof bound.address.v6;
  }
  return bound;
}

void set(int descriptor, int level, int option) {
  const int on = 1;
  ::setsockopt(descriptor, level, option, &on, sizeof on);
}

/// A socket file without a listener is what a killed process leaves behind.
void remove_stale(const config::ListenAddress& where, const BoundAddress& bound) {
  struct stat status {};
  if (::lstat(where.path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  const Socket probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int answer = ::connect(probe.descriptor(), &bound.address.any, bound.length);
  if (answer != 0 && errno == ECONNREFUSED) ::unlink(where.path.c_str());
}

[[nodiscard]] std::uint16_t port_of(int descriptor) {
  SocketAddress address{};
  socklen_t length = sizeof address;
  ::getsockname(descriptor, &address.any, &length);
  if (address.any.sa_family == AF_INET) return ::ntohs(address.v4.sin_port);
  if (address.any.sa_family == AF_INET6) return ::ntohs(address.v6.sin6_port);
  return 0;
}

[[nodiscard]] Peer peer_of(const SocketAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{"127.0.0.1"};
  if (address.any.sa_family == AF_INET) {
    ::inet_ntop(AF_INET, &address.v4.sin_addr, text.data(), text.size());
  } else if (address.any.sa_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &address.v6.sin6_addr, text.data(), text.size());
  }
  Peer peer;
  peer.address = http::parse_address(text.data()).value_or(http::Address{});
  peer.text = address.any.sa_family == AF_UNIX ? "unix:" : text.data();
  return peer;
}

}  // namespace

void Socket::close() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void Socket::reset() noexcept {
  const linger at_once{1, 0};
  if (descriptor_ >= 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

ListeningSocket::ListeningSocket(const config::ListenAddress& where) {
  const BoundAddress bound = to_system(where);
  const int family = bound.address.any.sa_family;
  socket_ = Socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket_.open()) fail(where, "socket");
  if (family == AF_UNIX) {
    remove_stale(where, bound);
  } else {
    // Not SO_REUSEPORT: a second instance started by mistake must fail instead of sharing the port.
    set(descriptor(), SOL_SOCKET, SO_REUSEADDR);
    if (family == AF_INET6) set(descriptor(), IPPROTO_IPV6, IPV6_V6ONLY);
  }
  if (::bind(descriptor(), &bound.address.any, bound.length) != 0) fail(where, "bind");
  // Before listen: nobody has connected yet.
  if (family == AF_UNIX && ::chmod(where.path.c_str(), 0660) != 0) fail(where, "chmod");
  if (::listen(descriptor(), Backlog) != 0) fail(where, "listen");
  port_ = port_of(descriptor());
  path_ = where.path;
}

ListeningSocket::~ListeningSocket() {
  if (socket_.open() && !path_.empty()) ::unlink(path_.c_str());
}

Accepted accept_from(const ListeningSocket& listener) {
  SocketAddress address{};
  socklen_t length = sizeof address;
  Accepted accepted;
  accepted.socket =
      Socket(::accept4(listener.descriptor(), &address.any, &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!accepted.socket.open()) return accepted;
  if (address.any.sa_family != AF_UNIX) set(accepted.socket.descriptor(), IPPROTO_TCP, TCP_NODELAY);
  accepted.peer = peer_of(address);
  return accepted;
}

}  // namespace portico::stopgap
