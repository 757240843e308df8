// SPDX-License-Identifier: Apache-2.0
// What a server is told when it is made: where it listens, and how much and how long it bears.
#pragma once

#include "config/address.h"
#include <portico/units.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace portico::server {

/// Which application answers.
enum class Serves : std::uint8_t { Gateway, Admin, Probes };
inline constexpr std::size_t ServesCount = 3;

struct Listener {
  config::ListenAddress where;
  Serves serves = Serves::Gateway;
  bool proxy_protocol = false;
};

struct Limits {
  std::size_t header_bytes = 32 * 1024;  ///< The whole head: 431.
  std::size_t target_bytes = 8 * 1024;   ///< The request's target: 414.
  std::size_t header_fields = 100;       ///< 431.
  std::uint64_t body_bytes = 10 << 20;   ///< 413, unless the route's handler allows more.
  std::chrono::milliseconds header_timeout{10'000};  ///< For the whole head: 408.
  /// Between two requests; and for a body that arrives (408) and an answer that leaves, anew with
  /// each 64 KiB that moves.
  std::chrono::milliseconds idle_timeout{75'000};
  /// How long and how much of what a client still sends is thrown away before its connection is
  /// closed.
  std::chrono::milliseconds linger_timeout{2'000};
  std::size_t linger_bytes = 1 << 20;
  /// For the request of a client that has just come, or was just answered, when its connection is
  /// to end: the request may be on its way.
  std::chrono::milliseconds parting_timeout{1'000};
  std::size_t connections = 100'000;           ///< The rest waits in the kernel's queue.
  std::size_t connections_per_client = 1'000;  ///< More are closed at once.
};

struct Options {
  std::vector<Listener> listeners;
  Limits limits;
  std::vector<Cidr> trusted_proxies;
  std::size_t lanes = 1;  ///< Event loops.
};

}  // namespace portico::server
