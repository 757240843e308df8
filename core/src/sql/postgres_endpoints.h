// SPDX-License-Identifier: Apache-2.0
// Where libpq connects to: the hosts of a place with their addresses. libpq would ask the system
// for them, which takes as long as it likes; so names are resolved here, within the time to
// connect, by the same resolver as everywhere else. On a thread that may block.
#pragma once

#include "sql/options.h"

#include <chrono>
#include <string>

namespace portico::sql {

/// As libpq takes them, lists of the same length. Of a host whose address libpq needs nobody for (a
/// folder, an address), that is empty.
struct PostgresEndpoints {
  std::string hosts;  ///< What a certificate must bear, and a password file.
  std::string addresses;
  std::string ports;
};

/// Throws SqlError where no host has an address that could be found in time.
[[nodiscard]] PostgresEndpoints endpoints_of(const Place& place,
                                             std::chrono::steady_clock::time_point deadline);

}  // namespace portico::sql
