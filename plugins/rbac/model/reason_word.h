// SPDX-License-Identifier: Apache-2.0
// How a reason is called in answers and in the log of decisions.
#pragma once

#include "model/decision.h"

#include <string_view>

namespace portico::rbac {

/// "granted", "denied_by_grant", "nothing_matches", "no_assignment", "condition_failed".
[[nodiscard]] std::string_view word_of(Reason reason) noexcept;

}  // namespace portico::rbac
