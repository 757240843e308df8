// SPDX-License-Identifier: Apache-2.0
#include "cli/run/control.h"

#include "base/clock.h"

namespace portico::cli {

Control::Control(Gateway& gateway)
    : gateway_(gateway),
      loop_(base::system_clock()),
      signals_(loop_, {.terminate = [this] { terminate(); },
                       .end_at_once = nullptr,
                       .reload = [this] { reload(); },
                       .reopen_logs = [this] { gateway_.reopen_logs(); },
                       .upgrade = nullptr}) {
  certificates_.emplace(loop_, CertificatePeriod, [this] { gateway_.renew_certificates(); });
  if (const auto patience = loop::watchdog_patience()) {
    // Twice within the time, as systemd advises.
    alive_.emplace(loop_, *patience / 2, [this, patience = *patience] {
      if (gateway_.alive(patience)) manager_.alive();
    });
  }
}

Control::~Control() {
  if (ending_.joinable()) ending_.join();
}

void Control::terminate() {
  certificates_.reset();
  alive_.reset();
  ending_ = std::thread([this] {
    gateway_.shut_down();
    loop_.stop();
  });
}

void Control::reload() {
  if (!ending_.joinable()) gateway_.reload();
}

}  // namespace portico::cli
