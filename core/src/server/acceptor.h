// SPDX-License-Identifier: Apache-2.0
// Accepts for one lane from one listening socket. When the process has no descriptors left, or as
// many connections as it may have, those who come wait in the kernel's queue for a while.
#pragma once

#include "loop/loop.h"
#include "loop/timer.h"
#include "server/census.h"
#include "server/station.h"

namespace portico::server {

class Lane;

class Acceptor final : loop::Watch, loop::Timer {
 public:
  Acceptor(Lane& lane, Census& census, Station station);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();

  [[nodiscard]] const ListeningSocket* socket() const noexcept { return station_.socket.get(); }
  [[nodiscard]] Serves serves() const noexcept { return station_.listener.serves; }
  /// The same socket under other settings.
  void change(Station station) noexcept;
  /// Accepts who waits already, and then nobody any more.
  void stop() noexcept;
  /// Accepts nobody any more: who waits is for another process.
  void let_go() noexcept;

 private:
  void accept_some() noexcept;
  [[nodiscard]] bool accept_one() noexcept;
  void pause(const char* why) noexcept;
  void resume() noexcept;

  Lane& lane_;
  Census& census_;
  Station station_;  // Without a socket once it has let go.
  bool watching_ = false;
  bool told_ = false;  // That it paused; once until it went on.
};

}  // namespace portico::server
