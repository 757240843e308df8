// SPDX-License-Identifier: Apache-2.0
// Why a condition does not hold, for who explains a decision. Any thread.
#pragma once

#include "condition/node.h"

#include <string>

namespace portico::rbac::condition {

/// The innermost part that decided, as JSON, and why: "{...} does not hold: resource.state is
/// "closed"." Of an "or", which would have held by any of its parts, all of them, with "; "
/// between. Empty where the condition holds.
[[nodiscard]] std::string failing_part(const Nodes& nodes, const Attributes& attributes);

}  // namespace portico::rbac::condition
