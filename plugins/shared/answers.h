// SPDX-License-Identifier: Apache-2.0
// Answers that no cache may keep: what may be done, and by whom, changes at any time.
#pragma once

#include <portico/http.h>
#include <portico/status.h>

#include <string_view>

namespace portico {
inline namespace shared {

[[nodiscard]] Response uncached(Response answer);
/// JSON that was written by hand (json_out.h).
[[nodiscard]] Response shown(Status status, std::string_view json);

}  // namespace shared
}  // namespace portico
