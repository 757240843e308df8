// SPDX-License-Identifier: Apache-2.0
// Users, as far as roles need to know of them. Where nobody keeps users, every text may be one, and
// everybody can log in.
#pragma once

#include "api/parts.h"

#include <string_view>

namespace portico::rbac {

/// Throws Refusal, 404, where there is no such user.
void require_user(Reader& db, const Parts& parts, std::string_view user);

[[nodiscard]] bool can_log_in(Reader& db, const Parts& parts, std::string_view user);

}  // namespace portico::rbac
