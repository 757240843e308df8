// SPDX-License-Identifier: Apache-2.0
#include "upstream/socket_address.h"

#include "config/address.h"

#include <cstddef>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace portico::upstream {
namespace {

using config::ListenAddress;

template <class T>
[[nodiscard]] SocketAddress stored(const T& address) noexcept {
  SocketAddress made;
  static_assert(sizeof address <= sizeof made.storage);
  std::memcpy(&made.storage, &address, sizeof address);
  made.size = sizeof address;
  return made;
}

[[nodiscard]] SocketAddress v4(const ListenAddress& where) noexcept {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(where.port);
  ::inet_pton(AF_INET, where.host.c_str(), &address.sin_addr);
  return stored(address);
}

[[nodiscard]] SocketAddress v6(const ListenAddress& where) noexcept {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(where.port);
  ::inet_pton(AF_INET6, where.host.c_str(), &address.sin6_addr);
  return stored(address);
}

[[nodiscard]] SocketAddress unix_path(const ListenAddress& where) noexcept {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  where.path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
  return stored(address);
}

}  // namespace

Result<SocketAddress> parse_socket_address(std::string_view text) {
  const Result<ListenAddress> where = config::parse_listen_address(text);
  if (!where) return Error(where.error());
  switch (where->family) {
    case ListenAddress::Family::V4: return v4(*where);
    case ListenAddress::Family::V6: return v6(*where);
    case ListenAddress::Family::Unix: return unix_path(*where);
  }
  return Error("no such family");
}

}  // namespace portico::upstream
