// SPDX-License-Identifier: Apache-2.0
// The cookie by which a device is known that the owner of an account has used: strangers who fail
// on the account do not keep it out, and nobody is told of it as of a new one.
#pragma once

#include "account/parts.h"
#include "throttle/device.h"
#include <portico/http.h>

#include <string_view>

namespace portico::auth {

inline constexpr std::string_view DeviceCookie = "__Host-device";

/// Who gets the answer has just shown the password of that account.
void remember_device(const Parts& parts, const device::Owner& owner, Response& answer);

}  // namespace portico::auth
