// SPDX-License-Identifier: Apache-2.0
// Whether a password may be set. On a worker: it takes some ms, and longer where a service is asked
// about breaches.
#pragma once

#include "account/parts.h"
#include <portico/http.h>

#include <optional>
#include <string_view>

namespace portico::auth {

/// 422 with a reason for each weakness; nothing where the password is fine. `field` is where it
/// stands in the body: "/password".
[[nodiscard]] std::optional<Response> refuse_weak(const Parts& parts, std::string_view password,
                                                  std::string_view email,
                                                  std::string_view field = "/password");

}  // namespace portico::auth
