// SPDX-License-Identifier: Apache-2.0
// Windows in which messages are gathered into one. Pure.
#pragma once

#include <chrono>
#include <stdexcept>

namespace portico::notify {

/// Windows of one length follow each other from 1970 on, so that all nodes agree on them. The end
/// of the one that holds the time: always after it. Throws std::invalid_argument for a length below
/// a microsecond.
[[nodiscard]] constexpr std::chrono::microseconds window_end(std::chrono::microseconds time,
                                                             std::chrono::microseconds length) {
  if (length <= std::chrono::microseconds(0)) {
    throw std::invalid_argument("a window of a digest has a length");
  }
  const std::chrono::microseconds into = time % length;
  return time - into +
         (into < std::chrono::microseconds(0) ? std::chrono::microseconds(0) : length);
}

}  // namespace portico::notify
