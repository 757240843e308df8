// SPDX-License-Identifier: Apache-2.0
// Hours in which nobody is to be disturbed, "22:00" to "07:00", by the clock on the wall in a zone
// of time. Immutable, any thread. Times are since 1970.
#pragma once

#include "schedule/fault.h"

#include <chrono>
#include <memory>
#include <string_view>
#include <variant>

namespace portico::notify {

namespace schedule {
class Zone;
}

class QuietHours {
 public:
  /// `from` is quiet, `to` no longer. They are different; from 22:00 to 07:00 goes over midnight.
  [[nodiscard]] static std::variant<QuietHours, ScheduleFault> parse(std::string_view from,
                                                                     std::string_view to,
                                                                     std::string_view zone);

  [[nodiscard]] bool allows(std::chrono::microseconds time) const;

  /// That time, or the end of the quiet hours that it is in.
  [[nodiscard]] std::chrono::microseconds next_allowed(std::chrono::microseconds time) const;

 private:
  QuietHours() = default;
  [[nodiscard]] bool quiet(std::chrono::local_seconds shown) const noexcept;

  std::chrono::minutes from_{0};
  std::chrono::minutes to_{0};
  std::shared_ptr<const schedule::Zone> zone_;  ///< Shared by copies.
};

}  // namespace portico::notify
