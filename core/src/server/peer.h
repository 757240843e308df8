// SPDX-License-Identifier: Apache-2.0
// Who is at the other end of a client's connection.
#pragma once

#include "http/forwarded.h"

#include <string>

#include <sys/socket.h>

namespace portico::server {

/// Who connected.
struct Peer {
  http::Address address{};  ///< Of a unix socket: the loopback address.
  std::string text;         ///< "192.0.2.1"; "unix:".
};

[[nodiscard]] Peer peer_of(const sockaddr_storage& address);
[[nodiscard]] Peer peer_at(const http::Address& address);

}  // namespace portico::server
