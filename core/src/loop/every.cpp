// SPDX-License-Identifier: Apache-2.0
#include "loop/every.h"

#include <utility>

namespace portico::loop {

Every::Every(Loop& loop, std::chrono::nanoseconds period, Callable<void()> work)
    : loop_(loop), period_(period), work_(std::move(work)) {
  fire = [](Timer& timer) noexcept {
    auto& self = static_cast<Every&>(timer);
    self.begin();
    self.work_();
  };
  begin();
}

}  // namespace portico::loop
