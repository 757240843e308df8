// SPDX-License-Identifier: Apache-2.0
// Tells the service manager how far we are: one datagram to the socket that $NOTIFY_SOCKET names.
// Nothing happens where the variable is not set. Never blocks; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace portico::loop {

/// How long the service manager waits for `ServiceManager::alive` before it kills this process:
/// $WATCHDOG_USEC, when $WATCHDOG_PID is nobody else's. Nothing when it does not wait for it.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_patience();

class ServiceManager {
 public:
  /// Reads $NOTIFY_SOCKET.
  ServiceManager();
  /// A path, or "@name" for an abstract socket; empty for none.
  explicit ServiceManager(std::string socket) : socket_(std::move(socket)) {}

  /// READY=1, after start and after a reload.
  bool ready(std::string_view status) const noexcept;
  /// RELOADING=1 with the time that systemd wants; `ready` ends it.
  bool reloading() const noexcept;
  bool stopping(std::string_view status) const noexcept;
  bool status(std::string_view text) const noexcept;
  /// MAINPID of the process that serves from now on, and READY=1.
  bool handed_over(pid_t process) const noexcept;
  /// WATCHDOG=1
  bool alive() const noexcept;
  /// Sends `state` as it is ("MAINPID=7"). False when nobody took it.
  bool send(std::string_view state) const noexcept;

 private:
  std::string socket_;
};

}  // namespace portico::loop
