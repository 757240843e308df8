// SPDX-License-Identifier: Apache-2.0
// Signals as plain function calls on a loop. `block_signals` runs in main before any thread exists,
// so that no thread ever takes one; the loop then hears of them, on the main thread or any other.
//
//   TERM, INT, QUIT   terminate: drain and leave; the second one ends the process at once
//   HUP               reload
//   USR1              reopen the logs
//   USR2              upgrade
#pragma once

#include "loop/loop.h"
#include <portico/callable.h>

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

class Signals final : Watch {
 public:
  /// Requires `block_signals`; `loop` calls the handlers, which must not throw. Throws
  /// std::system_error.
  Signals(Loop& loop, SignalHandlers handlers);
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

 private:
  void read_all() noexcept;
  void handle(int signal) noexcept;

  Loop& loop_;
  SignalHandlers handlers_;
  bool terminating_ = false;
  int descriptor_;
};

}  // namespace portico::loop
