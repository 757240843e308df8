// SPDX-License-Identifier: Apache-2.0
// How names are resolved: as the system does, unless said otherwise.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace portico::loop::dns {

struct Options {
  /// "192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]:53"; none: those of `resolv_conf`.
  std::vector<std::string> servers;
  /// Servers, search domains and their options. Read again once it has changed.
  std::string resolv_conf = "/etc/resolv.conf";
  /// How long the first try waits for a server; each round through all servers waits twice as long
  /// as the one before.
  std::chrono::milliseconds patience{1500};
  int tries = 2;  ///< Rounds.
  /// Of a whole lookup, however many names and servers it tries.
  std::chrono::milliseconds deadline{5000};
};

}  // namespace portico::loop::dns
