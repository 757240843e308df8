// SPDX-License-Identifier: Apache-2.0
// Descriptors of sockets: owned, non-blocking, closed on exec; and who is at the other end.
#pragma once

#include "http/forwarded.h"

#include <string>
#include <utility>

#include <sys/socket.h>

namespace portico::server {

class Socket {
 public:
  Socket() noexcept = default;
  explicit Socket(int descriptor) noexcept : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket() { close(); }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  [[nodiscard]] bool open() const noexcept { return descriptor_ >= 0; }
  void close() noexcept;
  /// Closes so that the peer sees a broken connection, not the end of a message.
  void reset() noexcept;

 private:
  int descriptor_ = -1;
};

/// Who connected.
struct Peer {
  http::Address address{};  ///< Of a unix socket: the loopback address.
  std::string text;         ///< "192.0.2.1"; "unix:".
};

[[nodiscard]] Peer peer_of(const sockaddr_storage& address);
[[nodiscard]] Peer peer_at(const http::Address& address);

}  // namespace portico::server
