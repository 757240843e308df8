// SPDX-License-Identifier: Apache-2.0
// Where commands of the same machine reach the serving process: a unix socket in the state
// directory, for its owner and root alone. One line asks ("upgrade /etc/portico/portico.yaml"), the
// answer ends with the connection. The words stay the same between versions: a new program asks the
// old process.
#pragma once

#include "loop/loop.h"
#include "loop/socket.h"
#include "server/inherited_sockets.h"
#include "server/listening_socket.h"
#include <portico/callable.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::cli {

/// The end of whoever asked; closing it ends the answer.
class Asker {
 public:
  Asker() noexcept = default;
  explicit Asker(loop::Socket socket) noexcept : socket_(std::move(socket)) {}
  [[nodiscard]] explicit operator bool() const noexcept { return socket_.open(); }
  /// Answers, when somebody asked.
  void answer(std::string_view text) noexcept;

 private:
  loop::Socket socket_;
};

class ControlSocket final : loop::Watch {
 public:
  using Heard = Callable<void(std::string line, Asker asker)>;

  /// Where it is: in the state directory.
  [[nodiscard]] static config::ListenAddress address();

  /// Takes the one that was handed over, or makes one; without, when neither is possible: the
  /// directory may not be there, or another process serves in it.
  ControlSocket(loop::Loop& loop, server::InheritedSockets& inherited, Heard heard);
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;
  ~ControlSocket();

  // Of an upgrade; nothing happens where there is no socket.
  void add_to(std::vector<server::Belonging>& belongings) const;
  void own_file() noexcept;
  void leave_file() noexcept;
  /// Hears nobody any more.
  void close() noexcept;

 private:
  void accept_one() noexcept;

  loop::Loop& loop_;
  Heard heard_;
  std::vector<server::ListeningSocket> sockets_;  // One, or none.
};

}  // namespace portico::cli
