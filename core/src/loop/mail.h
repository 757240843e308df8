// SPDX-License-Identifier: Apache-2.0
// A letter from any thread to a loop. Intrusive: posting allocates nothing and takes no lock.
#pragma once

namespace portico::loop {

struct Mail {
  void (*deliver)(Mail&) noexcept =
      nullptr;           ///< On the loop. The mail may be gone when it returns.
  Mail* next = nullptr;  ///< The mailbox's.
};

}  // namespace portico::loop
