// SPDX-License-Identifier: Apache-2.0
// A connected, non-blocking socket, with TLS over it or without.
#pragma once

#include "loop/socket.h"
#include "tls/session.h"

#include <span>
#include <string_view>
#include <utility>

namespace portico::tls {

class Stream {
 public:
  Stream() noexcept = default;
  /// Over TLS where there is a session, which belongs to the socket.
  explicit Stream(loop::Socket socket, Session session = {}) noexcept
      : socket_(std::move(socket)), session_(std::move(session)) {}

  [[nodiscard]] loop::Socket& socket() noexcept { return socket_; }
  [[nodiscard]] int descriptor() const noexcept { return socket_.descriptor(); }
  /// None over plain TCP.
  [[nodiscard]] Session& session() noexcept { return session_; }
  [[nodiscard]] const Session& session() const noexcept { return session_; }

  /// Sends the pieces in order, of which at most two are not empty. Done: all of it.
  Moved send(std::span<const std::string_view> pieces, RecordBuffer& scratch) noexcept;
  /// Done: `room` is full. A short read has emptied the socket: WantRead.
  Moved receive(std::span<char> room) noexcept;
  /// Says that nothing more will come from here.
  void shut_down() noexcept;

 private:
  loop::Socket socket_;
  Session session_;
};

}  // namespace portico::tls
