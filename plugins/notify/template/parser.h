// SPDX-License-Identifier: Apache-2.0
// Reads the source of a template into nodes. Any thread.
#pragma once

#include "template/escape.h"
#include "template/node.h"
#include "template/tokens.h"

#include <cstddef>
#include <string_view>
#include <variant>

namespace portico::notify::templates {

inline constexpr std::size_t MostSourceBytes = std::size_t{256} * 1024;
inline constexpr std::size_t MostNesting = 32;
/// That one use of a layout replaces.
inline constexpr std::size_t MostBlocks = 32;

/// `source` is UTF-8 without control characters but tabs and ends of lines.
[[nodiscard]] std::variant<Nodes, FaultAt> parse_nodes(std::string_view source, Escape escape);

}  // namespace portico::notify::templates
