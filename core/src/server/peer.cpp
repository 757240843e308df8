// SPDX-License-Identifier: Apache-2.0
#include "server/peer.h"

#include <array>
#include <cstring>

#include <netinet/in.h>

namespace portico::server {

Peer peer_at(const http::Address& address) {
  std::array<char, http::AddressRoom> text;
  return {address, std::string(http::write_address(address, text))};
}

Peer peer_of(const sockaddr_storage& storage) {
  http::Address address{};
  address[10] = address[11] = 0xff;
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4;
    std::memcpy(&v4, &storage, sizeof v4);
    std::memcpy(&address[12], &v4.sin_addr, sizeof v4.sin_addr);
  } else if (storage.ss_family == AF_INET6) {
    sockaddr_in6 v6;
    std::memcpy(&v6, &storage, sizeof v6);
    std::memcpy(address.data(), &v6.sin6_addr, sizeof v6.sin6_addr);
  } else {
    address[12] = 127;
    address[15] = 1;
    return {address, "unix:"};
  }
  return peer_at(address);
}

}  // namespace portico::server
