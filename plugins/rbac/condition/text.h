// SPDX-License-Identifier: Apache-2.0
// Nodes as canonical JSON: one spelling for each condition, which is read as the same condition.
// Any thread.
#pragma once

#include "condition/node.h"

#include <cstdint>
#include <string>

namespace portico::rbac::condition {

/// Of the node there and all within it.
[[nodiscard]] std::string text_at(const Nodes& nodes, std::uint32_t at);
/// As JSON; a missing value is null, and what JSON has no number for is its name as a text.
[[nodiscard]] std::string text_of(const Value& value);

}  // namespace portico::rbac::condition
