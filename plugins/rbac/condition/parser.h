// SPDX-License-Identifier: Apache-2.0
// Reads the JSON of a condition into nodes. A value of its own, any thread.
#pragma once

#include "condition/fault.h"
#include "condition/node.h"

#include <cstddef>
#include <string_view>
#include <variant>

namespace portico::rbac::condition {

inline constexpr std::size_t MostBytes = 16 * 1024;
inline constexpr std::size_t MostNodes = 32;
inline constexpr std::size_t MostDepth = 8;
inline constexpr std::size_t MostListed = 100;

/// At least one node where it finds no fault.
[[nodiscard]] std::variant<Nodes, Fault> parse_nodes(std::string_view json);

}  // namespace portico::rbac::condition
