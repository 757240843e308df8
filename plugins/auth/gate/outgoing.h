// SPDX-License-Identifier: Apache-2.0
// What a server behind us gets of a caller's credentials: the fields that say who it is, and
// nothing that it could use in the caller's place.
#pragma once

#include "gate/caller.h"
#include <portico/http.h>

#include <cstdint>

namespace portico::auth {

enum class ForwardToken : std::uint8_t { Yes, No };

/// On the loop. `caller` must last as long as the request.
void rewrite_for_upstream(Request& request, const Caller& caller, ForwardToken forward);

/// Takes the cookies of sessions out of what goes on; others stay as they are. Of a request that no
/// upstream gets the refresh cookie stays: a handler of ours may be whom it is for.
void drop_own_cookies(Request& request);

}  // namespace portico::auth
