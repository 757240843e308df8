// SPDX-License-Identifier: Apache-2.0
// Descriptors of sockets: owned, non-blocking, closed on exec.
#pragma once

#include "config/address.h"
#include "http/forwarded.h"

#include <cstdint>
#include <string>
#include <utility>

namespace portico::stopgap {

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

/// A socket that accepts. Removes the file of a unix one when it goes.
class ListeningSocket {
 public:
  /// Throws std::system_error with the address. The file of a unix socket that nobody listens on
  /// any more is replaced.
  explicit ListeningSocket(const config::ListenAddress& where);
  ListeningSocket(ListeningSocket&& other) noexcept = default;
  ListeningSocket& operator=(ListeningSocket&&) = delete;
  ~ListeningSocket();

  [[nodiscard]] int descriptor() const noexcept { return socket_.descriptor(); }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  Socket socket_;
  std::uint16_t port_ = 0;
  std::string path_;
};

/// Who connected.
struct Peer {
  http::Address address{};  ///< Of a unix socket: the loopback address.
  std::string text;         ///< "192.0.2.1"; "unix:".
};

struct Accepted {
  Socket socket;  ///< Not open when nobody waits, or errno says why.
  Peer peer;
};
[[nodiscard]] Accepted accept_from(const ListeningSocket& listener);

}  // namespace portico::stopgap
