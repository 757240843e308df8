// SPDX-License-Identifier: Apache-2.0
// Times as mail writes them (RFC 5322, 3.3). Any thread.
#pragma once

#include <chrono>
#include <string>

namespace portico::notify::mail {

/// In UTC: "Sat, 31 Jan 2026 09:05:00 +0000". Throws std::invalid_argument for a year before 1900
/// or after 9999.
[[nodiscard]] std::string date_text(std::chrono::system_clock::time_point time);

}  // namespace portico::notify::mail
