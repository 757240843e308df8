// SPDX-License-Identifier: Apache-2.0
// One server behind the gateway, as every loop knows it.
#pragma once

#include "upstream/socket_address.h"

#include <atomic>
#include <cstdint>
#include <string>

namespace portico::upstream {

struct Backend {
  std::string address;
  std::string name;
  std::string host;  ///< What its certificate must bear, over TLS.
  SocketAddress where;
  /// Requests under way, of all loops. A picker that goes by it accepts that it moves meanwhile.
  std::atomic<std::uint32_t> load{0};
};

}  // namespace portico::upstream
