// SPDX-License-Identifier: Apache-2.0
// Signals as plain function calls on one thread. `block_signals` runs in main before any thread
// exists, so that no thread ever takes one; `Signals::run` then waits for them, on the main thread
// or any other.
//
//   TERM, INT, QUIT   terminate: drain and leave; the second one ends the process at once
//   HUP               reload
//   USR1              reopen the logs
//   USR2              upgrade
#pragma once

#include "loop/wakeup.h"
#include <portico/callable.h>

#include <atomic>

namespace portico::loop {

/// Blocks the signals above in this thread and all that it starts, and ignores SIGPIPE. Throws
/// std::system_error.
void block_signals();

/// A handler that is left out ignores its signal.
struct SignalHandlers {
  Callable<void()> terminate;
  Callable<void(int signal)> end_at_once;  ///< Left out: _exit(128 + signal).
  Callable<void()> reload;
  Callable<void()> reopen_logs;
  Callable<void()> upgrade;
};

class Signals {
 public:
  /// Requires `block_signals`. Throws std::system_error.
  explicit Signals(SignalHandlers handlers);
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  /// Calls handlers, one at a time, until `stop`.
  void run();
  /// From any thread or from a handler: `run` returns.
  void stop() noexcept;

 private:
  void handle(int signal);

  SignalHandlers handlers_;
  Wakeup wakeup_;
  std::atomic<bool> stopping_{false};
  bool terminating_ = false;
  int descriptor_;
};

}  // namespace portico::loop
