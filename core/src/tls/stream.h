// SPDX-License-Identifier: Apache-2.0
// A connected, non-blocking socket, with TLS over it or without.
#pragma once

#include "loop/output.h"
#include "loop/pipe.h"
#include "loop/socket.h"
#include "tls/session.h"

#include <cstddef>
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
  /// Whether bytes go as they are.
  [[nodiscard]] bool plain() const noexcept { return !session_; }
  /// None over plain TCP.
  [[nodiscard]] Session& session() noexcept { return session_; }
  [[nodiscard]] const Session& session() const noexcept { return session_; }

  /// Sends the pieces in order, of which at most two are not empty. Done: all of it.
  Moved send(std::span<const std::string_view> pieces, RecordBuffer& scratch) noexcept;
  /// Sends what waits there, first what lies in memory and then, in a call of its own, the pipe,
  /// which requires that `plain`. WantWrite: no more can be sent now.
  Moved send(loop::Output& output, RecordBuffer& scratch) noexcept;
  /// Done: `room` is full. A short read has emptied the socket: WantRead.
  Moved receive(std::span<char> room) noexcept;
  /// Fills a pipe that is empty. Done: there may be more. Requires that `plain`.
  Moved receive(loop::Pipe& pipe, std::size_t most) noexcept;
  /// Says that nothing more will come from here.
  void shut_down() noexcept;

 private:
  loop::Socket socket_;
  Session session_;
};

}  // namespace portico::tls
