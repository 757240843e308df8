// SPDX-License-Identifier: Apache-2.0
// Turns by weight.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace portico::proxy {

/// One round: a sequence in which each stands as often as its weight says, in lowest terms, and as
/// evenly spread as can be. It is the smooth weighted round robin of nginx, written down once, so
/// that a turn is a look into a table. Empty when no weight is above zero.
[[nodiscard]] std::vector<std::uint32_t> smooth_turns(std::span<const std::uint32_t> weights);

}  // namespace portico::proxy
