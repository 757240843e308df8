// SPDX-License-Identifier: Apache-2.0
// The forms of answers. What may be done changes at any time, so no cache keeps an answer; and each
// answer to a write says in `Rbac-Version` which version has it, for `min_version` of a check.
#pragma once

#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <string_view>

namespace portico::rbac {

/// The answer, for no cache to keep.
[[nodiscard]] Response uncached(Response answer);
/// JSON that was written by hand (json_out.h).
[[nodiscard]] Response shown(Status status, std::string_view json);
/// 204.
[[nodiscard]] Response done(std::int64_t version);
/// Says the version.
[[nodiscard]] Response written(Response answer, std::int64_t version);

}  // namespace portico::rbac
