// SPDX-License-Identifier: Apache-2.0
// What an event loop does for those above it who know nothing of descriptors.
#pragma once

#include "base/clock.h"
#include "loop/mail.h"
#include "loop/timer.h"

namespace portico::loop {

class Executor {
 public:
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor();

  /// From any thread: `mail.deliver` runs on the loop, later, never within the call.
  virtual void post(Mail& mail) noexcept = 0;
  /// `timer.fire` runs once, at its deadline or soon after, never within the call. It is disarmed
  /// then, and may be gone when `fire` returns.
  virtual void arm(Timer& timer) noexcept = 0;
  /// `fire` will not run any more. Harmless when it is not armed.
  virtual void disarm(Timer& timer) noexcept = 0;
  [[nodiscard]] virtual const base::Clock& clock() const noexcept = 0;

 protected:
  Executor() = default;
};

}  // namespace portico::loop
