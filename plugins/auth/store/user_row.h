// SPDX-License-Identifier: Apache-2.0
// A user as columns of a row.
#pragma once

#include "store/users.h"

#include <cstddef>
#include <string_view>

namespace portico::auth::users {

inline constexpr std::string_view Columns =
    "u.id, u.email, u.email_norm, u.email_verified_at, u.name, u.locale, u.timezone, u.status, "
    "u.banned_until, u.is_admin, u.perm_version, u.token_not_before, u.metadata, u.terms_version, "
    "u.created_at, u.updated_at, u.row_version";
inline constexpr std::size_t ColumnCount = 17;

/// Its first columns are those.
[[nodiscard]] User user_of(const Row& row);
[[nodiscard]] UserStatus status_of(std::string_view name);

}  // namespace portico::auth::users
