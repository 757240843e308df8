// SPDX-License-Identifier: Apache-2.0
// How a caller is turned away.
#pragma once

#include <portico/http.h>

#include <string_view>

namespace portico::rbac::refusals {

/// 401: nobody is known.
[[nodiscard]] Response nobody();
/// 403. `required` is a JSON array of what it takes.
[[nodiscard]] Response forbidden(std::string_view required, std::string_view decision_id);
/// 503: the database has not been heard of, or does not answer.
[[nodiscard]] Response unavailable();

}  // namespace portico::rbac::refusals
