// SPDX-License-Identifier: Apache-2.0
// Ends what has been given out. The database says it to other nodes; the loops of this one know it
// before the answer is sent.
#pragma once

#include "account/parts.h"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace portico::auth {

/// Clocks of nodes differ, and a transaction may have begun long before it ended.
inline constexpr Time RevocationMargin = std::chrono::seconds(60);

/// How long after what ended them tokens are denied: until the last of them has expired, whatever
/// the clocks say that issued it, ended it and look at it.
[[nodiscard]] inline Time denied_for(const AccountSettings& settings) {
  return settings.access_ttl + 2 * RevocationMargin;
}

/// After the commit that ended those sessions.
void revoke_now(const Parts& parts, std::span<const std::string> sessions);
/// After the commit that made all older tokens of that user worthless.
void revoke_user_now(const Parts& parts, std::string_view user);

/// What has been ended since then, by whomever: on a tick.
void learn_revocations(const Parts& parts, Time since);

}  // namespace portico::auth
