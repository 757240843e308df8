// SPDX-License-Identifier: Apache-2.0
#include "jose/thread_contexts.h"

#include <atomic>

namespace portico::auth {

KeySerial next_key_serial() noexcept {
  static std::atomic<KeySerial> latest{0};
  return latest.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace portico::auth
