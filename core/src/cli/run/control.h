// SPDX-License-Identifier: Apache-2.0
// The control thread of a serving process: it hears signals and commands, looks at the certificates
// every so often, lets a new process take over, and tells the service manager that all is alive.
#pragma once

#include "cli/run/control_socket.h"
#include "cli/run/gateway.h"
#include "cli/run/upgrade.h"
#include "loop/every.h"
#include "loop/loop.h"
#include "loop/sd_notify.h"
#include "loop/signals.h"
#include "server/inherited_sockets.h"

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace portico::cli {

class Control {
 public:
  /// How often files of certificates are looked at: one stat(2) for each.
  static constexpr std::chrono::seconds CertificatePeriod{10};

  /// Requires `loop::block_signals`. Takes its own socket out of `inherited`. `successor` is the
  /// command line of the process that an upgrade starts.
  Control(Gateway& gateway, services::LogSink& log, server::InheritedSockets& inherited,
          std::vector<std::string> successor);
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;
  ~Control();

  /// What was handed over is this process's now.
  void own_files() noexcept;
  /// Until the gateway was told to stop and has stopped. Requires that it serves.
  void run() { loop_.run(); }

 private:
  void terminate();
  void reload();
  void reload_late(pid_t process);
  void hear(const std::string& line, Asker asker);
  void upgrade(Asker asker);
  void upgraded(const Upgrade::Outcome& outcome);
  template <class Work>
  void end(Work work);

  Gateway& gateway_;
  services::LogSink& log_;
  const std::vector<std::string> successor_;
  const loop::ServiceManager manager_;
  loop::Loop loop_;
  loop::Signals signals_;
  Upgrade upgrade_;
  ControlSocket socket_;
  Asker asker_;                // Who waits for the upgrade, if anybody does.
  bool reload_waits_ = false;  // Until the upgrade has ended.
  std::optional<loop::Every> certificates_;
  std::optional<loop::Every> alive_;
  std::thread ending_;  // Drains, so that a second signal is heard meanwhile.
};

}  // namespace portico::cli
