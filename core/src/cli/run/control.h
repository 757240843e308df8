// SPDX-License-Identifier: Apache-2.0
// The control thread of a serving process: it hears the signals, looks at the certificates every so
// often, and tells the service manager that all is alive.
#pragma once

#include "cli/run/gateway.h"
#include "loop/every.h"
#include "loop/loop.h"
#include "loop/sd_notify.h"
#include "loop/signals.h"

#include <chrono>
#include <optional>
#include <thread>

namespace portico::cli {

class Control {
 public:
  /// How often files of certificates are looked at: one stat(2) for each.
  static constexpr std::chrono::seconds CertificatePeriod{10};

  /// Requires `loop::block_signals` and that `gateway` serves.
  explicit Control(Gateway& gateway);
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;
  ~Control();

  /// Until the gateway was told to stop and has stopped.
  void run() { loop_.run(); }

 private:
  void terminate();
  void reload();

  Gateway& gateway_;
  const loop::ServiceManager manager_;
  loop::Loop loop_;
  loop::Signals signals_;
  std::optional<loop::Every> certificates_;
  std::optional<loop::Every> alive_;
  std::thread ending_;  // Drains, so that a second signal is heard meanwhile.
};

}  // namespace portico::cli
