// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

namespace portico::base {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override {
    return std::chrono::steady_clock::now().time_since_epoch();
  }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
  }
};

}  // namespace

Clock::~Clock() = default;

const Clock& system_clock() noexcept {
  static const SystemClock clock;
  return clock;
}

}  // namespace portico::base
