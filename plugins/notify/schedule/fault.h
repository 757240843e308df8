// SPDX-License-Identifier: Apache-2.0
// Why a schedule is refused.
#pragma once

#include <string>

namespace portico::notify {

struct ScheduleFault {
  std::string sentence;  ///< For whom wrote it.
};

namespace schedule {
using Fault = ScheduleFault;
}

}  // namespace portico::notify
