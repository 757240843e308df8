// SPDX-License-Identifier: Apache-2.0
// A server behind the gateway whose part a test plays itself, byte by byte.
#pragma once

#include "unit/server/client.h"

#include <cstdint>
#include <string>

#include <poll.h>

namespace portico::server {

class Origin {
 public:
  Origin() { listen(0); }
  ~Origin() { close(); }
  Origin(const Origin&) = delete;
  Origin& operator=(const Origin&) = delete;

  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  /// The next connection; waits for ten seconds at most.
  [[nodiscard]] Client accept() {
    return Client(FromDescriptor{}, waits(10'000) ? ::accept(descriptor_, nullptr, nullptr) : -1);
  }
  /// Whether somebody connects within so many milliseconds.
  [[nodiscard]] bool waits(int patience) const {
    pollfd one{descriptor_, POLLIN, 0};
    return ::poll(&one, 1, patience) == 1;
  }
  /// Refuses connections from now on.
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  void open_again() { listen(port_); }

 private:
  void listen(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    address.sin_port = ::htons(port);
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      std::abort();
    ::listen(descriptor_, 128);
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ::ntohs(address.sin_port);
  }

  int descriptor_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace portico::server
