// SPDX-License-Identifier: Apache-2.0
// The addresses of a Redis, one after the other.
#pragma once

#include "loop/dns/answer.h"
#include "redis/options.h"
#include "upstream/socket_address.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace portico::redis {

/// Where it is, when no name has to be resolved for that.
[[nodiscard]] std::optional<upstream::SocketAddress> fixed_address(const Options& options);

[[nodiscard]] std::vector<upstream::SocketAddress> addresses_of(const loop::dns::Addresses& answer,
                                                                std::uint16_t port);

}  // namespace portico::redis
