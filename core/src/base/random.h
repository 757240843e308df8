// SPDX-License-Identifier: Apache-2.0
// Bytes from the system's cryptographic generator. Any thread.
#pragma once

#include <cstddef>
#include <span>

namespace portico::base {

/// Fills `out` by getrandom(2). Throws std::system_error, which no kernel that we run on gives
/// cause to.
void fill_random(std::span<std::byte> out);

}  // namespace portico::base
