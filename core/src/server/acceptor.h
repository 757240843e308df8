// SPDX-License-Identifier: Apache-2.0
// Accepts for one lane from one listening socket. When the process has no descriptors left, or as
// many connections as it may have, those who come wait in the kernel's queue for a while.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include "server/census.h"
#include "server/options.h"

#include <cstdint>

namespace portico::server {

class Lane;

class Acceptor final : loop::Watch, loop::Timer {
 public:
  /// `socket` is not its own. Throws std::system_error when it cannot be watched.
  Acceptor(Lane& lane, Census& census, const Listener& listener, int socket, bool shared);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();

  /// For good.
  void stop() noexcept;

 private:
  void accept_some() noexcept;
  [[nodiscard]] bool accept_one() noexcept;
  void pause(const char* why) noexcept;
  void resume() noexcept;

  Lane& lane_;
  Census& census_;
  const Listener& listener_;
  const int socket_;
  const bool shared_;
  bool watching_ = false;
  bool stopped_ = false;
  bool told_ = false;  // That it paused; once until it went on.
};

}  // namespace portico::server
