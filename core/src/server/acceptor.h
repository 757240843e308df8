// SPDX-License-Identifier: Apache-2.0
// Accepts for one lane from one listening socket. When the process has no descriptors left, or as
// many connections as it may have, those who come wait in the kernel's queue for a while.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include "server/census.h"
#include "server/listening_socket.h"
#include "server/options.h"

#include <memory>

namespace portico::server {

class Lane;

class Acceptor final : loop::Watch, loop::Timer {
 public:
  /// Throws std::system_error when the socket cannot be watched.
  Acceptor(Lane& lane, Census& census, const Listener& listener,
           std::shared_ptr<const ListeningSocket> socket, bool shared);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();

  /// Accepts who waits already, and then nobody any more.
  void stop() noexcept;

 private:
  void accept_some() noexcept;
  void let_go() noexcept;
  [[nodiscard]] bool accept_one() noexcept;
  void pause(const char* why) noexcept;
  void resume() noexcept;

  Lane& lane_;
  Census& census_;
  const Listener& listener_;
  std::shared_ptr<const ListeningSocket> socket_;  // None once stopped.
  const bool shared_;
  bool watching_ = false;
  bool told_ = false;  // That it paused; once until it went on.
};

}  // namespace portico::server
