// SPDX-License-Identifier: Apache-2.0
// Waits for a descriptor, never for ever.
#pragma once

#include "smtp/deadline.h"
#include "smtp/descriptor.h"

namespace portico::notify::smtp {

/// Ends waits of other threads. Any thread.
class Interrupt {
 public:
  /// Throws std::system_error where there is no descriptor left.
  Interrupt();

  /// From now on every wait ends at once.
  void raise() const noexcept;
  [[nodiscard]] bool raised() const noexcept;
  [[nodiscard]] int descriptor() const noexcept { return event_.number(); }

 private:
  Descriptor event_;
};

/// Until the descriptor has those of poll's events, or is in error, which the next call to it
/// tells. Throws ConnectionFault at the deadline and where it is interrupted.
void wait_for(int descriptor, short events, const Deadline& deadline, const Interrupt& interrupt);

}  // namespace portico::notify::smtp
