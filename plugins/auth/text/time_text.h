// SPDX-License-Identifier: Apache-2.0
// Times as bodies write them.
#pragma once

#include <chrono>
#include <string>

namespace portico::auth {

/// RFC 3339 in UTC, with milliseconds: "2026-01-31T09:05:00.250Z".
[[nodiscard]] std::string time_text(std::chrono::microseconds since_1970);

}  // namespace portico::auth
