// SPDX-License-Identifier: Apache-2.0
// Each answer to a write says in `Rbac-Version` which version has it, for `min_version` of a check.
#pragma once

#include "shared/answers.h"
#include <portico/http.h>

#include <cstdint>

namespace portico::rbac {

/// 204.
[[nodiscard]] Response done(std::int64_t version);
/// Says the version.
[[nodiscard]] Response written(Response answer, std::int64_t version);

}  // namespace portico::rbac
