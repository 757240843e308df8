// SPDX-License-Identifier: Apache-2.0
// A session as columns of a row.
#pragma once

#include "session/sessions.h"

#include <string_view>

namespace portico::auth::sessions {

inline constexpr std::string_view Columns =
    "id, user_id, refresh_counter, mac_kid, last_rotated_at, amr, acr, auth_time, ip_net, ua_hash, "
    "device_name, remember, created_at, last_seen_at, idle_expires_at, expires_at, revoked_at, "
    "revoke_reason";

/// Its columns are those.
[[nodiscard]] Session session_of(const Row& row);

}  // namespace portico::auth::sessions
