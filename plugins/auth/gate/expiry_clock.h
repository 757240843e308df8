// SPDX-License-Identifier: Apache-2.0
// The time that expiry is judged by. When the machine's clock is put back, what had expired would
// be good again: so this one goes on by the clock that never goes back. Where the machine's stays
// behind for a quarter of an hour it is believed: then it was wrong before. For one thread.
#pragma once

#include <chrono>

namespace portico::auth {

class ExpiryClock {
 public:
  static constexpr std::chrono::minutes Doubt{15};

  /// What time it is, by what `Request::unix_time` and `Request::now` say.
  [[nodiscard]] std::chrono::microseconds now(std::chrono::microseconds unix_time,
                                              std::chrono::nanoseconds steady) noexcept {
    const auto lived = std::chrono::duration_cast<std::chrono::microseconds>(steady);
    const std::chrono::microseconds offset = unix_time - lived;
    if (offset >= offset_ || lived - believed_ > Doubt) {
      offset_ = offset;
      believed_ = lived;
    }
    return lived + offset_;
  }

 private:
  std::chrono::microseconds offset_ = std::chrono::microseconds::min();
  std::chrono::microseconds believed_{0};  // When the machine's clock was last believed.
};

}  // namespace portico::auth
