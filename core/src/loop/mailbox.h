// SPDX-License-Identifier: Apache-2.0
// Where other threads leave mail for a loop: many writers, one reader, no lock. A letter into an
// empty box wakes the loop; those behind it ride along.
#pragma once

#include "loop/mail.h"
#include "loop/wakeup.h"

#include <atomic>
#include <cstddef>

namespace portico::loop {

class Mailbox {
 public:
  /// From any thread. The mail stays in its place until it was delivered.
  void post(Mail& mail) noexcept;
  /// On the loop: delivers what was there at the call, in the order posted. Returns how much.
  std::size_t deliver() noexcept;
  /// Readable, edge-triggered, once there is mail.
  [[nodiscard]] int descriptor() const noexcept { return wakeup_.descriptor(); }

 private:
  Wakeup wakeup_;
  std::atomic<Mail*> newest_{nullptr};
};

}  // namespace portico::loop
