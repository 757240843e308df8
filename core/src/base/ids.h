// SPDX-License-Identifier: Apache-2.0
// Names for what is made: UUIDs of version 7 (RFC 9562), which sort by the time of their making.
// Any thread.
#pragma once

#include "base/clock.h"

#include <atomic>
#include <cstdint>
#include <string>

namespace portico::base {

class Ids {
 public:
  explicit Ids(const Clock& clock) noexcept : clock_(clock) {}
  Ids(const Ids&) = delete;
  Ids& operator=(const Ids&) = delete;

  /// In small letters. Greater than every one before it, also while the clock stands or goes back;
  /// 62 bits are by chance, so that nobody guesses one.
  [[nodiscard]] std::string next();

 private:
  [[nodiscard]] std::uint64_t next_moment() noexcept;

  const Clock& clock_;
  std::atomic<std::uint64_t> last_{0};  // Milliseconds, then 12 bits of the millisecond.
};

}  // namespace portico::base
