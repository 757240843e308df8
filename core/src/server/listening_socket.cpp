// SPDX-License-Identifier: Apache-2.0
#include "server/listening_socket.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::server {
namespace {

using Family = config::ListenAddress::Family;

constexpr int Backlog = 4096;  // The kernel's net.core.somaxconn bounds it.

struct BoundAddress {
  sockaddr_storage storage{};
  socklen_t length = 0;

  [[nodiscard]] const sockaddr* any() const noexcept {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
};

[[noreturn]] void fail(const config::ListenAddress& where, const char* step) {
  throw std::system_error(errno, std::generic_category(), where.text() + ": " + step);
}

template <class T>
BoundAddress stored(const T& address, std::size_t length = sizeof(T)) {
  BoundAddress bound;
  std::memcpy(&bound.storage, &address, sizeof address);
  bound.length = static_cast<socklen_t>(length);
  return bound;
}

[[nodiscard]] BoundAddress to_system(const config::ListenAddress& where) {
  if (where.family == Family::Unix) {
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    if (where.path.size() >= sizeof local.sun_path) {
      errno = ENAMETOOLONG;
      fail(where, "bind");
    }
    std::memcpy(local.sun_path, where.path.c_str(), where.path.size() + 1);
    return stored(local);
  }
  if (where.family == Family::V4) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = ::htons(where.port);
    ::inet_pton(AF_INET, where.host.c_str(), &v4.sin_addr);
    return stored(v4);
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = ::htons(where.port);
  ::inet_pton(AF_INET6, where.host.c_str(), &v6.sin6_addr);
  return stored(v6);
}

void set(int descriptor, int level, int option) {
  const int on = 1;
  ::setsockopt(descriptor, level, option, &on, sizeof on);
}

[[nodiscard]] loop::Socket make_socket(const config::ListenAddress& where, int family) {
  loop::Socket made(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made.open()) fail(where, "socket");
  return made;
}

/// A socket file without a listener is what a killed process leaves behind.
void remove_stale(const config::ListenAddress& where, const BoundAddress& bound) {
  struct stat status {};
  if (::lstat(where.path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  const loop::Socket probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int answer = ::connect(probe.descriptor(), bound.any(), bound.length);
  if (answer != 0 && errno == ECONNREFUSED) ::unlink(where.path.c_str());
}

[[nodiscard]] ListeningSocket open_unix(const config::ListenAddress& where) {
  const BoundAddress bound = to_system(where);
  loop::Socket made = make_socket(where, AF_UNIX);
  remove_stale(where, bound);
  if (::bind(made.descriptor(), bound.any(), bound.length) != 0) fail(where, "bind");
  ListeningSocket listening(std::move(made), where.path, 0);
  listening.own_file();
  // Before listen: nobody has connected yet.
  if (::chmod(where.path.c_str(), 0660) != 0) fail(where, "chmod");
  if (::listen(listening.descriptor(), Backlog) != 0) fail(where, "listen");
  return listening;
}

[[nodiscard]] loop::Socket bind_tcp(const config::ListenAddress& where, bool shared) {
  const int family = where.family == Family::V4 ? AF_INET : AF_INET6;
  const BoundAddress bound = to_system(where);
  loop::Socket made = make_socket(where, family);
  set(made.descriptor(), SOL_SOCKET, SO_REUSEADDR);
  if (shared) set(made.descriptor(), SOL_SOCKET, SO_REUSEPORT);
  if (family == AF_INET6) set(made.descriptor(), IPPROTO_IPV6, IPV6_V6ONLY);
  set(made.descriptor(), IPPROTO_TCP, TCP_NODELAY);  // What it accepts inherits this.
  if (::bind(made.descriptor(), bound.any(), bound.length) != 0) fail(where, "bind");
  return made;
}

[[nodiscard]] std::uint16_t port_of(int descriptor) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length);
  in_port_t port = 0;  // At the same place in both families.
  std::memcpy(&port, reinterpret_cast<const char*>(&address) + offsetof(sockaddr_in, sin_port),
              sizeof port);
  return ::ntohs(port);
}

void refuse_taken(const config::ListenAddress& where) {
  const loop::Socket alone = bind_tcp(where, false);
  if (::listen(alone.descriptor(), 0) != 0) fail(where, "listen");
}

}  // namespace

ListeningSocket::~ListeningSocket() {
  if (socket_.open() && owns_file_) ::unlink(path_.c_str());
}

Belonging ListeningSocket::belonging() const noexcept {
  const bool lent = port_ == 0 && path_.empty();
  return {descriptor(), lent ? LentSocketName : SocketName};
}

std::string AddressLock::name_of(const config::ListenAddress& where) {
  return "portico/" + where.text();
}

AddressLock::AddressLock(const config::ListenAddress& where)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  // An abstract name: the kernel frees it when the process ends, however it ends.
  const std::string name = name_of(where);
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  std::memcpy(local.sun_path + 1, name.data(), std::min(name.size(), sizeof local.sun_path - 1));
  const BoundAddress bound = stored(local, offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (!socket_.open() || ::bind(socket_.descriptor(), bound.any(), bound.length) != 0) {
    fail(where, "another Portico is starting or listens here");
  }
}

std::vector<ListeningSocket> open_listener(const config::ListenAddress& where, std::size_t count,
                                           Neighbours neighbours) {
  std::vector<ListeningSocket> sockets;
  if (where.family == Family::Unix) {
    sockets.push_back(open_unix(where));
    return sockets;
  }
  config::ListenAddress chosen = where;
  if (chosen.port != 0 && neighbours == Neighbours::None) refuse_taken(chosen);
  while (sockets.size() < count) {
    loop::Socket made = bind_tcp(chosen, true);
    chosen.port = port_of(made.descriptor());
    sockets.emplace_back(std::move(made), std::string(), chosen.port);
  }
  // Only when all are bound: a connection that the kernel gave to one that is closed again is lost.
  for (const ListeningSocket& socket : sockets) {
    if (::listen(socket.descriptor(), Backlog) != 0) fail(where, "listen");
  }
  return sockets;
}

}  // namespace portico::server
