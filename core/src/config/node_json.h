// SPDX-License-Identifier: Apache-2.0
// A tree of nodes as compact JSON text: what a setting of the type `Json` holds.
#pragma once

#include "config/node.h"

#include <string>

namespace portico::config {

/// Of a scalar that was not quoted, what JSON knows as a number, `true`, `false` or `null` is that;
/// everything else is text.
[[nodiscard]] std::string json_text_of(const Node& node);

}  // namespace portico::config
