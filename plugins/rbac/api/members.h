// SPDX-License-Identifier: Apache-2.0
// The route /roles/{name}/members: who has a role directly.
#pragma once

#include "api/parts.h"
#include <portico/http.h>

namespace portico::rbac {

[[nodiscard]] Response list_members(Request& request, const Parts& parts);

}  // namespace portico::rbac
