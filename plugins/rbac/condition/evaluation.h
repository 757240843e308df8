// SPDX-License-Identifier: Apache-2.0
// The truth of nodes. Any thread; no allocation; calls itself only as deep as conditions nest.
#pragma once

#include "condition/node.h"
#include "condition/truth.h"

#include <cstdint>

namespace portico::rbac::condition {

/// Of the node there and all within it, from left to right until the rest cannot matter.
[[nodiscard]] Truth truth_at(const Nodes& nodes, std::uint32_t at,
                             const Attributes& attributes) noexcept;

}  // namespace portico::rbac::condition
