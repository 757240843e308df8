// SPDX-License-Identifier: Apache-2.0
// Where a server behind the gateway listens, as the kernel wants it.
#pragma once

#include "base/result.h"

#include <string_view>

#include <sys/socket.h>

namespace portico::upstream {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] const sockaddr* address() const noexcept {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
  [[nodiscard]] int family() const noexcept { return storage.ss_family; }
};

/// "192.0.2.1:80", "[2001:db8::1]:80" or "unix:/run/app.sock".
[[nodiscard]] Result<SocketAddress> parse_socket_address(std::string_view text);

}  // namespace portico::upstream
