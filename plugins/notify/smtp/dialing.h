// SPDX-License-Identifier: Apache-2.0
// Connects to the first address that answers. Any thread.
#pragma once

#include "smtp/addresses.h"
#include "smtp/deadline.h"
#include "smtp/descriptor.h"
#include "smtp/waiting.h"

#include <vector>

namespace portico::notify::smtp {

struct Dialed {
  Descriptor socket;  ///< Connected; does not block.
  SocketAddress peer;
};

/// In their order. Each has its share of the time that is left, so that one that is silent leaves
/// some to the others. Throws ConnectionFault with what the last one said.
[[nodiscard]] Dialed dial(const std::vector<SocketAddress>& addresses, const Deadline& deadline,
                          const Interrupt& interrupt);

}  // namespace portico::notify::smtp
