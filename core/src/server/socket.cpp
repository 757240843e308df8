// SPDX-License-Identifier: Apache-2.0
#include "server/socket.h"

#include <array>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

namespace portico::server {

void Socket::close() noexcept {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void Socket::reset() noexcept {
  const linger at_once{1, 0};
  if (descriptor_ >= 0) ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

Peer peer_of(const sockaddr_storage& address) {
  Peer peer;
  peer.address[10] = peer.address[11] = 0xff;
  if (address.ss_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &address, sizeof v4);
    std::memcpy(&peer.address[12], &v4.sin_addr, sizeof v4.sin_addr);
  } else if (address.ss_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, &address, sizeof v6);
    std::memcpy(peer.address.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
  } else {
    peer.address[12] = 127;
    peer.address[15] = 1;
    peer.text = "unix:";
    return peer;
  }
  std::array<char, http::AddressRoom> text;
  peer.text = http::write_address(peer.address, text);
  return peer;
}

}  // namespace portico::server
